using MessagePack;

namespace Chat.Contracts;

/// <summary>A person or program that can sign in.</summary>
[MessagePackObject]
public sealed record User
{
    /// <summary>The user.</summary>
    [Key("id")]
    public required Guid Id { get; init; }

    /// <summary>1 to 40 characters, unique whatever the case.</summary>
    [Key("name")]
    public required string Name { get; init; }

    /// <summary>How the user signs in.</summary>
    [Key("kind")]
    public required UserKind Kind { get; init; }

    /// <summary>Whether the user administers the server.</summary>
    [Key("isAdministrator")]
    public bool IsAdministrator { get; init; }

    /// <summary>Since when.</summary>
    [Key("createdAt")]
    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>How a user signs in.</summary>
public enum UserKind
{
    /// <summary>A kind of a newer server.</summary>
    Unknown = 0,

    /// <summary>By a name only.</summary>
    Guest,

    /// <summary>By name and password.</summary>
    Account,

    /// <summary>By a token of the embedding product.</summary>
    External,

    /// <summary>A program.</summary>
    Bot,
}

/// <summary>Whether somebody is here.</summary>
[MessagePackObject]
public sealed record UserPresence
{
    /// <summary>The user.</summary>
    [Key("userId")]
    public required Guid UserId { get; init; }

    /// <summary>The best of all devices.</summary>
    [Key("status")]
    public required PresenceStatus Status { get; init; }
}

/// <summary>Whether somebody is here.</summary>
public enum PresenceStatus
{
    /// <summary>A status of a newer server.</summary>
    Unknown = 0,

    /// <summary>No connection, for at least 5 s.</summary>
    Offline,

    /// <summary>Connected, but not looking.</summary>
    Away,

    /// <summary>Connected, but not to be disturbed.</summary>
    DoNotDisturb,

    /// <summary>Connected.</summary>
    Online,
}

/// <summary>Says how this connection's user wants to be seen: online, away or do-not-disturb.</summary>
[MessagePackObject]
public sealed record SetPresence
{
    /// <summary>Not <see cref="PresenceStatus.Offline"/>.</summary>
    [Key("status")]
    public required PresenceStatus Status { get; init; }
}

/// <summary>A change of presence in a room.</summary>
[MessagePackObject]
public sealed record PresenceNotice
{
    /// <summary>The room.</summary>
    [Key("roomId")]
    public required Guid RoomId { get; init; }

    /// <summary>Who changed; null in rooms above 200 people, where only the count is told.</summary>
    [Key("user")]
    public UserPresence? User { get; init; }

    /// <summary>How many of the room's members are not offline.</summary>
    [Key("onlineCount")]
    public required int OnlineCount { get; init; }
}

/// <summary>Says that the caller is typing.</summary>
[MessagePackObject]
public sealed record SendTyping
{
    /// <summary>The room.</summary>
    [Key("roomId")]
    public required Guid RoomId { get; init; }

    /// <summary>False when the caller stopped without sending.</summary>
    [Key("isTyping")]
    public bool IsTyping { get; init; } = true;
}

/// <summary>Somebody is typing, or stopped. Without another notice it ends after 6 s.</summary>
[MessagePackObject]
public sealed record TypingNotice
{
    /// <summary>The room.</summary>
    [Key("roomId")]
    public required Guid RoomId { get; init; }

    /// <summary>Who.</summary>
    [Key("userId")]
    public required Guid UserId { get; init; }

    /// <summary>Its name.</summary>
    [Key("name")]
    public required string Name { get; init; }

    /// <summary>False when it stopped.</summary>
    [Key("isTyping")]
    public required bool IsTyping { get; init; }
}

/// <summary>A session was revoked.</summary>
[MessagePackObject]
public sealed record SessionRevoked
{
    /// <summary>The session.</summary>
    [Key("sessionId")]
    public required Guid SessionId { get; init; }
}
