using MessagePack;

namespace Chat.Contracts;

/// <summary>Asks for messages by <see cref="Message.Seq"/>. With none of the three positions: the latest.</summary>
[MessagePackObject]
public sealed record GetHistory
{
    /// <summary>The room.</summary>
    [Key("roomId")]
    public required Guid RoomId { get; init; }

    /// <summary>Only messages below this one, nearest first taken.</summary>
    [Key("beforeSeq")]
    public long? BeforeSeq { get; init; }

    /// <summary>Only messages above this one, nearest first taken.</summary>
    [Key("afterSeq")]
    public long? AfterSeq { get; init; }

    /// <summary>This message with as many below it as above it.</summary>
    [Key("aroundSeq")]
    public long? AroundSeq { get; init; }

    /// <summary>Messages a page, 1 to 200; null for 50. A page may be shorter where texts are long (256 KB of JSON a page).</summary>
    [Key("limit")]
    public int? Limit { get; init; }
}

/// <summary>Some messages of a room, oldest first.</summary>
[MessagePackObject]
public sealed record History
{
    /// <summary>The room.</summary>
    [Key("roomId")]
    public required Guid RoomId { get; init; }

    /// <summary>The messages, by <see cref="Message.Seq"/>.</summary>
    [Key("messages")]
    public required IReadOnlyList<Message> Messages { get; init; }

    /// <summary>Whether there are messages below the first of these.</summary>
    [Key("hasOlder")]
    public required bool HasOlder { get; init; }

    /// <summary>Whether there are messages above the last of these.</summary>
    [Key("hasNewer")]
    public required bool HasNewer { get; init; }
}

/// <summary>Asks what changed in a room.</summary>
[MessagePackObject]
public sealed record SyncRoom
{
    /// <summary>The room.</summary>
    [Key("roomId")]
    public required Guid RoomId { get; init; }

    /// <summary>The version up to which the client knows all; 0 for nothing.</summary>
    [Key("version")]
    public required long Version { get; init; }

    /// <summary>The <see cref="RoomSync.Epoch"/> that version belongs to; empty for none.</summary>
    [Key("epoch")]
    public required string Epoch { get; init; }
}

/// <summary>
/// Every record of a room with a version above the asked one; or, with <see cref="Reset"/>, the room afresh: the client
/// forgets what it holds of the room and takes this for it. Never a part of the changes that looks whole.
/// </summary>
[MessagePackObject]
public sealed record RoomSync
{
    /// <summary>The room.</summary>
    [Key("roomId")]
    public required Guid RoomId { get; init; }

    /// <summary>Names the life of the store; another after a backup was restored.</summary>
    [Key("epoch")]
    public required string Epoch { get; init; }

    /// <summary>The room's highest version: with this answer the client knows all up to it.</summary>
    [Key("head")]
    public required long Head { get; init; }

    /// <summary>Whether this is the room afresh: more than 500 records changed, or another epoch, or below what is kept.</summary>
    [Key("reset")]
    public required bool Reset { get; init; }

    /// <summary>The room, if it changed or with <see cref="Reset"/>.</summary>
    [Key("room")]
    public Room? Room { get; init; }

    /// <summary>The members that changed; with <see cref="Reset"/> the first 200 by name.</summary>
    [Key("members")]
    public required IReadOnlyList<Member> Members { get; init; }

    /// <summary>The messages that changed, by <see cref="Message.Seq"/>; with <see cref="Reset"/> the last 50.</summary>
    [Key("messages")]
    public required IReadOnlyList<Message> Messages { get; init; }

    /// <summary>With <see cref="Reset"/>: whether there are messages below the first of these.</summary>
    [Key("hasOlder")]
    public bool HasOlder { get; init; }

    /// <summary>How many people are members.</summary>
    [Key("memberCount")]
    public required int MemberCount { get; init; }
}

/// <summary>The heads of some rooms.</summary>
[MessagePackObject]
public sealed record Heads
{
    /// <summary>The rooms that changed lately.</summary>
    [Key("rooms")]
    public required IReadOnlyList<RoomHead> Rooms { get; init; }
}

/// <summary>The highest version of a room.</summary>
[MessagePackObject]
public sealed record RoomHead
{
    /// <summary>The room.</summary>
    [Key("roomId")]
    public required Guid RoomId { get; init; }

    /// <summary>Its highest version.</summary>
    [Key("head")]
    public required long Head { get; init; }
}

/// <summary>Moves the caller's read marker.</summary>
[MessagePackObject]
public sealed record MarkRead
{
    /// <summary>The room.</summary>
    [Key("roomId")]
    public required Guid RoomId { get; init; }

    /// <summary>The last message that was read.</summary>
    [Key("seq")]
    public required long Seq { get; init; }
}

/// <summary>How far somebody has read in a room.</summary>
[MessagePackObject]
public sealed record ReadMarker
{
    /// <summary>The room.</summary>
    [Key("roomId")]
    public required Guid RoomId { get; init; }

    /// <summary>The user.</summary>
    [Key("userId")]
    public required Guid UserId { get; init; }

    /// <summary>All messages up to this <see cref="Message.Seq"/> are read.</summary>
    [Key("seq")]
    public required long Seq { get; init; }

    /// <summary>How many messages of others are above it, system messages and deleted ones not counted.</summary>
    [Key("unread")]
    public required int Unread { get; init; }
}
