namespace Chat.Contracts;

/// <summary>
/// What a client may ask of the server, at <see cref="ChatPaths.Hub"/>. Expected refusals come back as
/// <see cref="Reply.Error"/>, never as exceptions. Only <see cref="Connect"/> and <see cref="Ping"/> are answered
/// before the connection has called <see cref="Connect"/>.
/// </summary>
public interface IChatHub
{
    /// <summary>
    /// First call on every connection, new or again: attaches it to all rooms of its user and answers who the user is,
    /// the rooms with their heads, and what was missed in them. Live events may arrive before the answer does.
    /// </summary>
    /// <returns>Or <see cref="ErrorCode.UnsupportedVersion"/>, <see cref="ErrorCode.Unauthenticated"/>.</returns>
    Task<Reply<Connected>> Connect(Connect request);

    /// <summary>Public rooms, and the private ones the caller is in, by name.</summary>
    Task<Reply<RoomPage>> ListRooms(ListRooms request);

    /// <summary>A room that the caller is in, is invited to, or may find in the list.</summary>
    /// <returns>Or <see cref="ErrorCode.NotFound"/>.</returns>
    Task<Reply<RoomSummary>> GetRoom(GetRoom request);

    /// <summary>Makes a room with the caller as its owner and first member.</summary>
    /// <returns>Or <see cref="ErrorCode.NameTaken"/>, <see cref="ErrorCode.Invalid"/>.</returns>
    Task<Reply<RoomEntry>> CreateRoom(CreateRoom request);

    /// <summary>Changes a room's name, topic or rules.</summary>
    /// <returns>The room; or <see cref="ErrorCode.Forbidden"/>, <see cref="ErrorCode.NameTaken"/>, <see cref="ErrorCode.Invalid"/>.</returns>
    Task<Reply<Room>> UpdateRoom(UpdateRoom request);

    /// <summary>Deletes a room with all that is in it. Its members are told.</summary>
    /// <returns>Or <see cref="ErrorCode.Forbidden"/>.</returns>
    Task<Reply> DeleteRoom(DeleteRoom request);

    /// <summary>The direct room between the caller and others: made at the first time, found again ever after, by whomever.</summary>
    /// <returns>Or <see cref="ErrorCode.NotFound"/> where somebody is not known here, <see cref="ErrorCode.Invalid"/>.</returns>
    Task<Reply<RoomEntry>> OpenDirect(OpenDirect request);

    /// <summary>Makes the caller a member; joining a room one is in already answers the same without a change.</summary>
    /// <returns>
    /// Or <see cref="ErrorCode.NotFound"/> (also for a private room that the caller may not know of),
    /// <see cref="ErrorCode.WrongPassword"/>, <see cref="ErrorCode.RoomFull"/>, <see cref="ErrorCode.Banned"/>,
    /// <see cref="ErrorCode.RateLimited"/> after too many wrong passwords.
    /// </returns>
    Task<Reply<RoomEntry>> JoinRoom(JoinRoom request);

    /// <summary>
    /// Ends the caller's membership on all devices. Nothing of the room is sent to them after the answer. When an owner
    /// leaves, the moderator or member who has been there longest becomes the owner.
    /// </summary>
    /// <returns>Or <see cref="ErrorCode.NotAMember"/>.</returns>
    Task<Reply> LeaveRoom(LeaveRoom request);

    /// <summary>Invites somebody to a room. It hears so at once, and with each Connect until it has answered.</summary>
    /// <returns>The member, in the state <see cref="MemberState.Invited"/> or already in; or <see cref="ErrorCode.Forbidden"/>, <see cref="ErrorCode.Banned"/>.</returns>
    Task<Reply<Member>> Invite(MemberReference request);

    /// <summary>Takes an invitation back.</summary>
    Task<Reply> RevokeInvitation(MemberReference request);

    /// <summary>Turns an invitation of the caller down.</summary>
    Task<Reply> DeclineInvitation(DeclineInvitation request);

    /// <summary>Makes a link that lets people in.</summary>
    /// <returns>Or <see cref="ErrorCode.Forbidden"/>.</returns>
    Task<Reply<InviteLink>> CreateInviteLink(CreateInviteLink request);

    /// <summary>The links of a room that are still good.</summary>
    /// <returns>Or <see cref="ErrorCode.Forbidden"/>.</returns>
    Task<Reply<InviteLinkList>> ListInviteLinks(ListInviteLinks request);

    /// <summary>Ends a link; whoever came by it stays.</summary>
    Task<Reply> RevokeInviteLink(RevokeInviteLink request);

    /// <summary>The room that a link leads to, before one joins it.</summary>
    /// <returns>Or <see cref="ErrorCode.NotFound"/> where it is not good any more, <see cref="ErrorCode.RateLimited"/> after too many.</returns>
    Task<Reply<RoomSummary>> LookAtInvite(LookAtInvite request);

    /// <summary>The members of a room by name, with their presence.</summary>
    Task<Reply<MemberPage>> ListMembers(ListMembers request);

    /// <summary>Gives a member another role, or the ownership.</summary>
    /// <returns>The member; or <see cref="ErrorCode.Forbidden"/>, <see cref="ErrorCode.NotFound"/>.</returns>
    Task<Reply<Member>> SetRole(SetRole request);

    /// <summary>Takes a member out. Nothing that is sent after the answer reaches it.</summary>
    /// <returns>The member; or <see cref="ErrorCode.Forbidden"/>, <see cref="ErrorCode.NotFound"/>.</returns>
    Task<Reply<Member>> Kick(KickMember request);

    /// <summary>Takes somebody out and keeps it out. Nothing that is sent after the answer reaches it.</summary>
    /// <returns>The member; or <see cref="ErrorCode.Forbidden"/>, <see cref="ErrorCode.NotFound"/>.</returns>
    Task<Reply<Member>> Ban(BanMember request);

    /// <summary>Lets a banned user come in again.</summary>
    /// <returns>The member; or <see cref="ErrorCode.Forbidden"/>, <see cref="ErrorCode.NotFound"/>.</returns>
    Task<Reply<Member>> Unban(MemberReference request);

    /// <summary>Keeps a member from writing, or lets it write again.</summary>
    /// <returns>The member; or <see cref="ErrorCode.Forbidden"/>, <see cref="ErrorCode.NotFound"/>.</returns>
    Task<Reply<Member>> Mute(MuteMember request);

    /// <summary>Who did what to whom in a room; for moderators.</summary>
    /// <returns>Or <see cref="ErrorCode.Forbidden"/>.</returns>
    Task<Reply<AuditPage>> ListAudit(ListAudit request);

    /// <summary>
    /// Posts a message. The answer is the stored record, given after it is on disk. Repeating a request with the same
    /// <see cref="Contracts.SendMessage.ClientMessageId"/> answers the first result, however much later.
    /// </summary>
    /// <returns>
    /// Or <see cref="ErrorCode.NotAMember"/>, <see cref="ErrorCode.Muted"/>, <see cref="ErrorCode.TooLarge"/>,
    /// <see cref="ErrorCode.Invalid"/>, <see cref="ErrorCode.NotFound"/> for what it answers, forwards or attaches,
    /// <see cref="ErrorCode.RateLimited"/>, <see cref="ErrorCode.Unavailable"/>, or <see cref="ErrorCode.Conflict"/> when
    /// the id was used for something else.
    /// </returns>
    Task<Reply<Message>> SendMessage(SendMessage request);

    /// <summary>Gives a message of the caller another text; the same text again changes nothing.</summary>
    /// <returns>The message; or <see cref="ErrorCode.Forbidden"/>, <see cref="ErrorCode.NotFound"/>, <see cref="ErrorCode.Muted"/> and those of form.</returns>
    Task<Reply<Message>> EditMessage(EditMessage request);

    /// <summary>Takes the content of a message away, one's own or as a moderator; a record without content stays.</summary>
    /// <returns>The message; or <see cref="ErrorCode.Forbidden"/>, <see cref="ErrorCode.NotFound"/>.</returns>
    Task<Reply<Message>> DeleteMessage(MessagePlace request);

    /// <summary>What a message said before it was edited.</summary>
    Task<Reply<Edits>> GetEdits(MessagePlace request);

    /// <summary>Sets or takes back a reaction of the caller; twice the same changes nothing.</summary>
    /// <returns>The message; or <see cref="ErrorCode.Forbidden"/> where there are too many, <see cref="ErrorCode.NotFound"/>, <see cref="ErrorCode.Invalid"/>.</returns>
    Task<Reply<Message>> SetReaction(SetReaction request);

    /// <summary>Pins a message or takes it off; twice the same changes nothing.</summary>
    /// <returns>The message; or <see cref="ErrorCode.Forbidden"/>, <see cref="ErrorCode.NotFound"/>.</returns>
    Task<Reply<Message>> SetPin(SetPin request);

    /// <summary>What is pinned in a room, by seq.</summary>
    Task<Reply<MessageList>> ListPins(ListPins request);

    /// <summary>A page of messages by <see cref="Message.Seq"/>, oldest first: those in no thread, or those of one thread.</summary>
    Task<Reply<History>> GetHistory(GetHistory request);

    /// <summary>Every record of a room that changed after a version the client knows.</summary>
    Task<Reply<RoomSync>> Sync(SyncRoom request);

    /// <summary>Looks for messages in one room or all of the caller's.</summary>
    Task<Reply<SearchPage>> Search(SearchMessages request);

    /// <summary>Moves the caller's read marker forward; backwards it stays where it is.</summary>
    Task<Reply<ReadMarker>> MarkRead(MarkRead request);

    /// <summary>How far the members of a room of up to 50 have read.</summary>
    Task<Reply<ReaderList>> ListReaders(ListReaders request);

    /// <summary>Begins a message that is written while it is sent.</summary>
    /// <returns>The open message; or as <see cref="SendMessage"/>.</returns>
    Task<Reply<Message>> BeginStream(StreamStart request);

    /// <summary>Adds a piece to an open message of the caller. Not counted as a send.</summary>
    /// <returns>What the server has; or <see cref="ErrorCode.NotFound"/> when it is no longer open, <see cref="ErrorCode.TooLarge"/>.</returns>
    Task<Reply<StreamProgress>> AppendStream(StreamPiece request);

    /// <summary>Ends an open message of the caller; a repeat answers the same.</summary>
    /// <returns>The message as it stays; or <see cref="ErrorCode.NotFound"/>, <see cref="ErrorCode.Conflict"/>.</returns>
    Task<Reply<Message>> EndStream(StreamEnd request);

    /// <summary>Tells the others in the room that the caller is typing. More often than every 2 s is dropped silently.</summary>
    Task<Reply> SendTyping(SendTyping request);

    /// <summary>Sets how this connection's user wants to be seen.</summary>
    Task<Reply<UserPresence>> SetPresence(SetPresence request);

    /// <summary>Sets what the caller says of itself.</summary>
    Task<Reply<UserPresence>> SetStatusText(SetStatusText request);

    /// <summary>People by the beginning of their name, with their presence: to write to, or to invite.</summary>
    Task<Reply<PeoplePage>> FindPeople(FindPeople request);

    /// <summary>The caller's sessions.</summary>
    Task<Reply<SessionList>> ListSessions(ListSessions request);

    /// <summary>Ends a session of the caller, or all but this one, and closes their connections wherever they are.</summary>
    /// <returns>Or <see cref="ErrorCode.NotFound"/>.</returns>
    Task<Reply> RevokeSessions(RevokeSessions request);

    /// <summary>What the client keeps with its session.</summary>
    Task<Reply<SessionData>> GetSessionData(GetSessionData request);

    /// <summary>Writes entries of it.</summary>
    /// <returns>All entries; or <see cref="ErrorCode.TooLarge"/>, <see cref="ErrorCode.Invalid"/>.</returns>
    Task<Reply<SessionData>> SetSessionData(SetSessionData request);

    /// <summary>Makes an address at which other programs post into a room.</summary>
    /// <returns>With the secret; or <see cref="ErrorCode.Forbidden"/>.</returns>
    Task<Reply<IncomingWebhook>> CreateIncomingWebhook(CreateIncomingWebhook request);

    /// <summary>Has the events of a room posted to an address.</summary>
    /// <returns>With the secret; or <see cref="ErrorCode.Forbidden"/>, <see cref="ErrorCode.Invalid"/>.</returns>
    Task<Reply<OutgoingWebhook>> CreateOutgoingWebhook(CreateOutgoingWebhook request);

    /// <summary>The webhooks of a room, and how they go.</summary>
    /// <returns>Or <see cref="ErrorCode.Forbidden"/>.</returns>
    Task<Reply<WebhookList>> ListWebhooks(ListWebhooks request);

    /// <summary>Ends a webhook.</summary>
    Task<Reply> DeleteWebhook(WebhookReference request);

    /// <summary>Lets a parked webhook go on with what waits.</summary>
    Task<Reply<OutgoingWebhook>> ResumeWebhook(WebhookReference request);

    /// <summary>Answers at once; the caller measures the round trip and reports it with its next ping.</summary>
    Task<Reply<Pong>> Ping(Ping request);
}
