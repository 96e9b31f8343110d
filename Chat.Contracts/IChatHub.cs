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

    /// <summary>Makes a room with the caller as its owner and first member.</summary>
    /// <returns>Or <see cref="ErrorCode.NameTaken"/>, <see cref="ErrorCode.Invalid"/>.</returns>
    Task<Reply<RoomEntry>> CreateRoom(CreateRoom request);

    /// <summary>Makes the caller a member; joining a room one is in already answers the same without a change.</summary>
    /// <returns>Or <see cref="ErrorCode.NotFound"/> (also for a private room that the caller may not know of).</returns>
    Task<Reply<RoomEntry>> JoinRoom(JoinRoom request);

    /// <summary>Ends the caller's membership on all devices. Nothing of the room is sent to them after the answer.</summary>
    /// <returns>Or <see cref="ErrorCode.NotAMember"/>.</returns>
    Task<Reply> LeaveRoom(LeaveRoom request);

    /// <summary>The members of a room by name, with their presence.</summary>
    Task<Reply<MemberPage>> ListMembers(ListMembers request);

    /// <summary>
    /// Posts a message. The answer is the stored record, given after it is on disk. Repeating a request with the same
    /// <see cref="Contracts.SendMessage.ClientMessageId"/> answers the first result, however much later.
    /// </summary>
    /// <returns>
    /// Or <see cref="ErrorCode.NotAMember"/>, <see cref="ErrorCode.Muted"/>, <see cref="ErrorCode.TooLarge"/>,
    /// <see cref="ErrorCode.Invalid"/>, <see cref="ErrorCode.RateLimited"/>, <see cref="ErrorCode.Unavailable"/>, or
    /// <see cref="ErrorCode.Conflict"/> when the id was used for something else.
    /// </returns>
    Task<Reply<Message>> SendMessage(SendMessage request);

    /// <summary>A page of messages by <see cref="Message.Seq"/>, oldest first.</summary>
    Task<Reply<History>> GetHistory(GetHistory request);

    /// <summary>Every record of a room that changed after a version the client knows.</summary>
    Task<Reply<RoomSync>> Sync(SyncRoom request);

    /// <summary>Moves the caller's read marker forward; backwards it stays where it is.</summary>
    Task<Reply<ReadMarker>> MarkRead(MarkRead request);

    /// <summary>Tells the others in the room that the caller is typing. More often than every 2 s is dropped silently.</summary>
    Task<Reply> SendTyping(SendTyping request);

    /// <summary>Sets how this connection's user wants to be seen.</summary>
    Task<Reply<UserPresence>> SetPresence(SetPresence request);

    /// <summary>Answers at once; the caller measures the round trip and reports it with its next ping.</summary>
    Task<Reply<Pong>> Ping(Ping request);
}
