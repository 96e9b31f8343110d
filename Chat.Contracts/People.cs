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

    /// <summary>Over all devices: do-not-disturb if any says so, else the best.</summary>
    [Key("status")]
    public required PresenceStatus Status { get; init; }

    /// <summary>What the user says of itself ("on holiday"), at most 100 characters; empty for nothing.</summary>
    [Key("text")]
    public string Text { get; init; } = "";

    /// <summary>Until when it says so; null for as long as it stays.</summary>
    [Key("textUntil")]
    public DateTimeOffset? TextUntil { get; init; }

    /// <summary>When the user's last connection ended; null while online, and before it ever came.</summary>
    [Key("lastSeenAt")]
    public DateTimeOffset? LastSeenAt { get; init; }
}

/// <summary>Sets what the user says of itself, on all devices and over restarts.</summary>
[MessagePackObject]
public sealed record SetStatusText
{
    /// <summary>At most 100 characters, no line breaks; empty for nothing.</summary>
    [Key("text")]
    public required string Text { get; init; }

    /// <summary>For how many seconds, 1 to 31,536,000 (a year); null until it is set again.</summary>
    [Key("seconds")]
    public long? Seconds { get; init; }
}

/// <summary>Looks for people by name.</summary>
[MessagePackObject]
public sealed record FindPeople
{
    /// <summary>The beginning of a name, in any case; empty for all.</summary>
    [Key("name")]
    public required string Name { get; init; }

    /// <summary>From the last page's <see cref="PeoplePage.Next"/>; null for the first.</summary>
    [Key("after")]
    public string? After { get; init; }

    /// <summary>People a page, 1 to 100; null for 50.</summary>
    [Key("limit")]
    public int? Limit { get; init; }
}

/// <summary>Some people, by name.</summary>
[MessagePackObject]
public sealed record PeoplePage
{
    /// <summary>The people.</summary>
    [Key("people")]
    public required IReadOnlyList<User> People { get; init; }

    /// <summary>The presence of each of them, in the same order.</summary>
    [Key("presence")]
    public required IReadOnlyList<UserPresence> Presence { get; init; }

    /// <summary>What to ask for the next page with; null at the end.</summary>
    [Key("next")]
    public string? Next { get; init; }
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

