using MessagePack;

namespace Chat.Contracts;

/// <summary>What happened in a room, in parts, so that clients can say it in their own language.</summary>
[MessagePackObject]
public sealed record SystemEvent
{
    /// <summary>What happened.</summary>
    [Key("kind")]
    public required SystemEventKind Kind { get; init; }

    /// <summary>Who did it; null for the server itself.</summary>
    [Key("actorId")]
    public Guid? ActorId { get; init; }

    /// <summary>The actor's name then; empty for the server itself.</summary>
    [Key("actorName")]
    public string ActorName { get; init; } = "";

    /// <summary>Who it was done to; null where that is nobody else.</summary>
    [Key("subjectId")]
    public Guid? SubjectId { get; init; }

    /// <summary>The subject's name then; empty where that is nobody else.</summary>
    [Key("subjectName")]
    public string SubjectName { get; init; } = "";

    /// <summary>The new value (name, topic, role) or the reason; empty where there is none.</summary>
    [Key("value")]
    public string Value { get; init; } = "";
}

/// <summary>Kinds of <see cref="SystemEvent"/>.</summary>
public enum SystemEventKind
{
    /// <summary>An event of a newer server.</summary>
    Unknown = 0,

    /// <summary>The room was made: its first message.</summary>
    Welcome,

    /// <summary>Somebody joined.</summary>
    Joined,

    /// <summary>Somebody left.</summary>
    Left,

    /// <summary>Somebody was taken out.</summary>
    Kicked,

    /// <summary>Somebody was banned.</summary>
    Banned,

    /// <summary>Somebody's ban was lifted.</summary>
    Unbanned,

    /// <summary>Somebody was muted.</summary>
    Muted,

    /// <summary>Somebody may write again.</summary>
    Unmuted,

    /// <summary>Somebody has another role.</summary>
    RoleChanged,

    /// <summary>The room has another name.</summary>
    Renamed,

    /// <summary>The room has another topic.</summary>
    TopicChanged,

    /// <summary>A message was pinned.</summary>
    Pinned,

    /// <summary>The room is for reading only.</summary>
    Archived,

    /// <summary>The room can be written in again.</summary>
    Unarchived,

    /// <summary>Other rules: password, seats, who can find it, whether it is temporary; the value says which, in English.</summary>
    RulesChanged,
}
