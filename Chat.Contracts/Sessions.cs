using MessagePack;

namespace Chat.Contracts;

/// <summary>One sign-in on one device. It lasts 24 hours since it was used last.</summary>
[MessagePackObject]
public sealed record Session
{
    /// <summary>The session.</summary>
    [Key("id")]
    public required Guid Id { get; init; }

    /// <summary>What the client said it is: "Chat.Web 1.0 on Firefox"; may be empty.</summary>
    [Key("client")]
    public required string Client { get; init; }

    /// <summary>The address it was used from last.</summary>
    [Key("address")]
    public required string Address { get; init; }

    /// <summary>When it signed in.</summary>
    [Key("createdAt")]
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was used last, to the minute.</summary>
    [Key("lastUsedAt")]
    public required DateTimeOffset LastUsedAt { get; init; }

    /// <summary>Whether the caller asks over this one.</summary>
    [Key("isCurrent")]
    public required bool IsCurrent { get; init; }
}

/// <summary>Asks for the sessions of the caller.</summary>
[MessagePackObject]
public sealed record ListSessions
{
    /// <summary>At most how many, 1 to 100; null for 50.</summary>
    [Key("limit")]
    public int? Limit { get; init; }
}

/// <summary>The sessions of the caller, the one used last first.</summary>
[MessagePackObject]
public sealed record SessionList
{
    /// <summary>The sessions.</summary>
    [Key("sessions")]
    public required IReadOnlyList<Session> Sessions { get; init; }
}

/// <summary>Ends a session of the caller, or all but this one, and closes their connections.</summary>
[MessagePackObject]
public sealed record RevokeSessions
{
    /// <summary>The session, which may be the caller's own (signing out); null for all but the caller's own.</summary>
    [Key("sessionId")]
    public Guid? SessionId { get; init; }
}

/// <summary>A session was revoked.</summary>
[MessagePackObject]
public sealed record SessionRevoked
{
    /// <summary>The session.</summary>
    [Key("sessionId")]
    public required Guid SessionId { get; init; }
}

/// <summary>Asks for the data of the caller's session.</summary>
[MessagePackObject]
public sealed record GetSessionData
{
    /// <summary>Only the entries with these keys; empty for all.</summary>
    [Key("keys")]
    public IReadOnlyList<string> Keys { get; init; } = [];
}

/// <summary>What a client keeps with its session, for itself: at most 50 entries and 4 KB of UTF-8 in all.</summary>
[MessagePackObject]
public sealed record SessionData
{
    /// <summary>The entries, by key.</summary>
    [Key("entries")]
    public required IReadOnlyList<SessionEntry> Entries { get; init; }
}

/// <summary>An entry of a session's data.</summary>
[MessagePackObject]
public sealed record SessionEntry
{
    /// <summary>1 to 100 characters.</summary>
    [Key("key")]
    public required string Key { get; init; }

    /// <summary>Any text. In <see cref="SetSessionData"/>: empty takes the entry away.</summary>
    [Key("value")]
    public required string Value { get; init; }
}

/// <summary>Writes entries of the session's data; the others stay.</summary>
[MessagePackObject]
public sealed record SetSessionData
{
    /// <summary>The entries.</summary>
    [Key("entries")]
    public required IReadOnlyList<SessionEntry> Entries { get; init; }
}
