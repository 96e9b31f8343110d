using MessagePack;

namespace Chat.Contracts;

/// <summary>The first words of a connection.</summary>
[MessagePackObject]
public sealed record Connect
{
    /// <summary>Rooms in <see cref="Known"/>: as many as fit into one frame. The rest is synced one by one.</summary>
    public const int MostKnown = 700;

    /// <summary><see cref="ChatContract.Version"/> of the client.</summary>
    [Key("contractVersion")]
    public required int ContractVersion { get; init; }

    /// <summary>What the client is, for lists of devices: "Chat.Web 1.0 on Firefox"; at most 200 characters, may be empty.</summary>
    [Key("client")]
    public string Client { get; init; } = "";

    /// <summary>The epoch the known versions belong to; empty on the first connection.</summary>
    [Key("epoch")]
    public string Epoch { get; init; } = "";

    /// <summary>The rooms the client holds, with the versions up to which it knows all; at most <see cref="MostKnown"/>.</summary>
    [Key("known")]
    public IReadOnlyList<RoomHead> Known { get; init; } = [];
}

/// <summary>The answer to <see cref="Connect"/>.</summary>
[MessagePackObject]
public sealed record Connected
{
    /// <summary>Who the caller is.</summary>
    [Key("user")]
    public required User User { get; init; }

    /// <summary>Names the life of the store; see <see cref="RoomSync.Epoch"/>.</summary>
    [Key("epoch")]
    public required string Epoch { get; init; }

    /// <summary>The server's clock.</summary>
    [Key("serverTime")]
    public required DateTimeOffset ServerTime { get; init; }

    /// <summary>The rooms the caller is a member of. A known room that is not among them is no longer the caller's.</summary>
    [Key("rooms")]
    public required IReadOnlyList<MyRoom> Rooms { get; init; }

    /// <summary>Rooms that the caller is invited to, the latest 100.</summary>
    [Key("invitations")]
    public IReadOnlyList<Invitation> Invitations { get; init; } = [];

    /// <summary>Why known rooms are no longer the caller's: those that were deleted.</summary>
    [Key("deleted")]
    public IReadOnlyList<RoomDeleted> Deleted { get; init; } = [];

    /// <summary>Why known rooms are no longer the caller's: its memberships that have ended (left, kicked, banned).</summary>
    [Key("ended")]
    public IReadOnlyList<Member> Ended { get; init; } = [];

    /// <summary>The session of this connection.</summary>
    [Key("sessionId")]
    public required Guid SessionId { get; init; }

    /// <summary>The limits a client should know before it runs into them.</summary>
    [Key("limits")]
    public required ServerLimits Limits { get; init; }
}

/// <summary>A room of mine.</summary>
[MessagePackObject]
public sealed record MyRoom
{
    /// <summary>The room.</summary>
    [Key("room")]
    public required Room Room { get; init; }

    /// <summary>My place in it.</summary>
    [Key("membership")]
    public required Member Membership { get; init; }

    /// <summary>The room's highest version.</summary>
    [Key("head")]
    public required long Head { get; init; }

    /// <summary>How many people are members.</summary>
    [Key("memberCount")]
    public required int MemberCount { get; init; }

    /// <summary>How far I have read.</summary>
    [Key("readSeq")]
    public required long ReadSeq { get; init; }

    /// <summary>Messages of others above that, counted up to 1,000; system messages, deleted ones and those in threads not counted.</summary>
    [Key("unread")]
    public required int Unread { get; init; }

    /// <summary>Messages of others above that which call me, in threads too, counted up to 1,000.</summary>
    [Key("unreadMentions")]
    public int UnreadMentions { get; init; }

    /// <summary>
    /// What changed since the version the client knows. Null for a room it did not name, for one where nothing changed,
    /// and where one answer cannot hold all of it: then <see cref="Head"/> is above what the client knows and it calls
    /// <see cref="IChatHub.Sync"/> for the room.
    /// </summary>
    [Key("sync")]
    public RoomSync? Sync { get; init; }
}

/// <summary>Limits that a client should know before it runs into them.</summary>
[MessagePackObject]
public sealed record ServerLimits
{
    /// <summary>Bytes of UTF-8 in a message's text.</summary>
    [Key("messageTextBytes")]
    public required int MessageTextBytes { get; init; }

    /// <summary>Bytes in one hub frame from the client; a larger one closes the connection.</summary>
    [Key("frameBytes")]
    public required int FrameBytes { get; init; }

    /// <summary>Bytes of one attachment.</summary>
    [Key("attachmentBytes")]
    public long AttachmentBytes { get; init; }
}

/// <summary>Measures the round trip.</summary>
[MessagePackObject]
public sealed record Ping
{
    /// <summary>What the client measured last, in milliseconds; null before the first.</summary>
    [Key("lastRoundTripMs")]
    public double? LastRoundTripMs { get; init; }
}

/// <summary>The answer to <see cref="Ping"/>.</summary>
[MessagePackObject]
public sealed record Pong
{
    /// <summary>The server's clock.</summary>
    [Key("serverTime")]
    public required DateTimeOffset ServerTime { get; init; }
}

/// <summary>The node stops soon.</summary>
[MessagePackObject]
public sealed record Draining
{
    /// <summary>When this client should connect again, in milliseconds from now.</summary>
    [Key("reconnectAfterMs")]
    public required long ReconnectAfterMs { get; init; }
}

/// <summary>Something to show once.</summary>
[MessagePackObject]
public sealed record Notice
{
    /// <summary>What about.</summary>
    [Key("kind")]
    public required NoticeKind Kind { get; init; }

    /// <summary>Words for people, in English.</summary>
    [Key("text")]
    public required string Text { get; init; }

    /// <summary>The room it belongs to; null for none.</summary>
    [Key("roomId")]
    public Guid? RoomId { get; init; }
}

/// <summary>Kinds of <see cref="Notice"/>.</summary>
public enum NoticeKind
{
    /// <summary>A kind of a newer server.</summary>
    Unknown = 0,

    /// <summary>A greeting after the first sign-in.</summary>
    Welcome,

    /// <summary>From an administrator to everyone.</summary>
    Announcement,
}

/// <summary>Why the server closes a connection.</summary>
[MessagePackObject]
public sealed record Closing
{
    /// <summary>The reason.</summary>
    [Key("code")]
    public required CloseCode Code { get; init; }

    /// <summary>Whether and how to come back.</summary>
    [Key("reconnect")]
    public required ReconnectAdvice Reconnect { get; init; }

    /// <summary>When to come back, in milliseconds from now; null for the client's own back-off.</summary>
    [Key("retryAfterMs")]
    public long? RetryAfterMs { get; init; }

    /// <summary>Words for people, in English.</summary>
    [Key("message")]
    public required string Message { get; init; }
}

/// <summary>Reasons of <see cref="Closing"/>.</summary>
public enum CloseCode
{
    /// <summary>A reason of a newer server.</summary>
    Unknown = 0,

    /// <summary>A frame that is not of the protocol. The client must not send that frame again.</summary>
    MalformedFrame,

    /// <summary>A frame above its limit. The client must not send that frame again.</summary>
    FrameTooLarge,

    /// <summary>The client's contract version is not spoken here.</summary>
    UnsupportedVersion,

    /// <summary>The token has run out.</summary>
    SignInExpired,

    /// <summary>The session was revoked.</summary>
    SessionRevoked,

    /// <summary>The user is banned from the server.</summary>
    Banned,

    /// <summary>The client read too slowly and more than its budget was waiting.</summary>
    TooSlow,

    /// <summary>The node stops.</summary>
    Draining,
}

/// <summary>Whether and how to come back after a <see cref="Closing"/>.</summary>
public enum ReconnectAdvice
{
    /// <summary>An advice of a newer server: come back with back-off.</summary>
    Unknown = 0,

    /// <summary>At once.</summary>
    Now,

    /// <summary>After the back-off, or after <see cref="Closing.RetryAfterMs"/>.</summary>
    Later,

    /// <summary>At another node.</summary>
    Elsewhere,

    /// <summary>After a new sign-in.</summary>
    AfterSignIn,

    /// <summary>Not at all.</summary>
    Never,
}
