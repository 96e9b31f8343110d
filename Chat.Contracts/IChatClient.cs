namespace Chat.Contracts;

/// <summary>
/// What the server tells a client. The first four carry versioned records (see <see cref="RoomRecord"/>): a client that
/// keeps records by id and replaces one when the incoming version is higher is correct, whatever arrives twice.
/// The rest is ephemeral: never stored, never repeated.
/// </summary>
public interface IChatClient
{
    /// <summary>A message was posted, edited, deleted or reacted to.</summary>
    Task MessageChanged(Message message);

    /// <summary>A member joined, left, or has another role or name.</summary>
    Task MemberChanged(Member member);

    /// <summary>A room's name, topic or rules changed.</summary>
    Task RoomChanged(Room room);

    /// <summary>A room is gone, with the reason to show.</summary>
    Task RoomDeleted(RoomDeleted deleted);

    /// <summary>Somebody is typing.</summary>
    Task TypingChanged(TypingNotice notice);

    /// <summary>Somebody came, went, or wants to be seen otherwise.</summary>
    Task PresenceChanged(PresenceNotice notice);

    /// <summary>The user's own read marker moved on another of its devices.</summary>
    Task ReadMarkerMoved(ReadMarker marker);

    /// <summary>Somebody else has read on; told in rooms of up to 50 members.</summary>
    Task ReaderMoved(Reader reader);

    /// <summary>The user is invited to a room.</summary>
    Task InvitationGiven(Invitation invitation);

    /// <summary>An invitation of the user is no more.</summary>
    Task InvitationEnded(InvitationEnded ended);

    /// <summary>The heads of rooms that changed lately: who is behind syncs.</summary>
    Task HeadsAnnounced(Heads heads);

    /// <summary>A piece of a message that is still being written.</summary>
    Task StreamChunked(StreamChunk chunk);

    /// <summary>A session of this user was revoked.</summary>
    Task SessionRevoked(SessionRevoked revoked);

    /// <summary>The node is about to stop: connect again, elsewhere, at the given moment.</summary>
    Task Draining(Draining draining);

    /// <summary>Something to show to the user once.</summary>
    Task NoticeGiven(Notice notice);

    /// <summary>The last word before the server closes this connection: why, and when to come back.</summary>
    Task Closing(Closing closing);
}
