using MessagePack;

namespace Chat.Contracts;

/// <summary>Asks who did what to whom in a room; for moderators.</summary>
[MessagePackObject]
public sealed record ListAudit
{
    /// <summary>The room.</summary>
    [Key("roomId")]
    public required Guid RoomId { get; init; }

    /// <summary>Only entries below this <see cref="AuditEntry.Id"/>; null for the latest.</summary>
    [Key("before")]
    public long? Before { get; init; }

    /// <summary>Entries a page, 1 to 200; null for 50.</summary>
    [Key("limit")]
    public int? Limit { get; init; }
}

/// <summary>Some entries, newest first.</summary>
[MessagePackObject]
public sealed record AuditPage
{
    /// <summary>The entries.</summary>
    [Key("entries")]
    public required IReadOnlyList<AuditEntry> Entries { get; init; }

    /// <summary>Whether there are older ones.</summary>
    [Key("hasOlder")]
    public required bool HasOlder { get; init; }
}

/// <summary>Something that was done with power.</summary>
[MessagePackObject]
public sealed record AuditEntry
{
    /// <summary>Grows with time.</summary>
    [Key("id")]
    public required long Id { get; init; }

    /// <summary>The room.</summary>
    [Key("roomId")]
    public required Guid RoomId { get; init; }

    /// <summary>When.</summary>
    [Key("at")]
    public required DateTimeOffset At { get; init; }

    /// <summary>Who; null for the server itself.</summary>
    [Key("actorId")]
    public Guid? ActorId { get; init; }

    /// <summary>The actor's name then; empty for the server itself.</summary>
    [Key("actorName")]
    public required string ActorName { get; init; }

    /// <summary>What.</summary>
    [Key("act")]
    public required AuditAct Act { get; init; }

    /// <summary>To whom; null where that is nobody.</summary>
    [Key("subjectId")]
    public Guid? SubjectId { get; init; }

    /// <summary>The subject's name then; empty where that is nobody.</summary>
    [Key("subjectName")]
    public string SubjectName { get; init; } = "";

    /// <summary>The new value, the reason or the seq of a message; may be empty.</summary>
    [Key("detail")]
    public string Detail { get; init; } = "";
}

/// <summary>Kinds of <see cref="AuditEntry"/>.</summary>
public enum AuditAct
{
    /// <summary>An act of a newer server.</summary>
    Unknown = 0,

    /// <summary>Made the room.</summary>
    RoomCreated,

    /// <summary>Changed its name, topic or rules.</summary>
    RoomUpdated,

    /// <summary>Made it for reading only.</summary>
    RoomArchived,

    /// <summary>Made it a room to write in again.</summary>
    RoomUnarchived,

    /// <summary>Deleted it.</summary>
    RoomDeleted,

    /// <summary>Gave a role.</summary>
    RoleChanged,

    /// <summary>Took somebody out.</summary>
    Kicked,

    /// <summary>Banned somebody.</summary>
    Banned,

    /// <summary>Lifted a ban.</summary>
    Unbanned,

    /// <summary>Muted somebody.</summary>
    Muted,

    /// <summary>Let somebody write again.</summary>
    Unmuted,

    /// <summary>Invited somebody.</summary>
    Invited,

    /// <summary>Took an invitation back.</summary>
    InvitationRevoked,

    /// <summary>Made an invite link.</summary>
    LinkCreated,

    /// <summary>Ended an invite link.</summary>
    LinkRevoked,

    /// <summary>Deleted a message of somebody else.</summary>
    MessageDeleted,

    /// <summary>Pinned a message.</summary>
    Pinned,

    /// <summary>Took a pin off.</summary>
    Unpinned,

    /// <summary>Made a webhook.</summary>
    WebhookCreated,

    /// <summary>Deleted a webhook.</summary>
    WebhookDeleted,
}
