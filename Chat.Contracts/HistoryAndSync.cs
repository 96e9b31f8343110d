using MessagePack;

namespace Chat.Contracts;

/// <summary>Asks for messages by <see cref="Message.Seq"/>. With none of the three positions: the latest.</summary>
[MessagePackObject]
public sealed record GetHistory
{
    /// <summary>The room.</summary>
    [Key("roomId")]
    public required Guid RoomId { get; init; }

    /// <summary>Only what is in the thread of this message, itself not counted; null for what is in no thread.</summary>
    [Key("threadSeq")]
    public long? ThreadSeq { get; init; }

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

    /// <summary>The messages that changed, threads and all, by <see cref="Message.Seq"/>; with <see cref="Reset"/> the last 50 that are in no thread.</summary>
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

    /// <summary>How many messages of others are above it; system messages, deleted ones and those in threads not counted.</summary>
    [Key("unread")]
    public required int Unread { get; init; }

    /// <summary>How many messages of others above it call the user, in threads too.</summary>
    [Key("unreadMentions")]
    public int UnreadMentions { get; init; }

    /// <summary>The room's highest version when these were counted: what is above it is to be counted on.</summary>
    [Key("head")]
    public required long Head { get; init; }
}

/// <summary>How far a member has read, for the others to see; told in rooms of up to 50 members.</summary>
[MessagePackObject]
public sealed record Reader
{
    /// <summary>The room.</summary>
    [Key("roomId")]
    public required Guid RoomId { get; init; }

    /// <summary>The member.</summary>
    [Key("userId")]
    public required Guid UserId { get; init; }

    /// <summary>All messages up to this <see cref="Message.Seq"/> are read.</summary>
    [Key("seq")]
    public required long Seq { get; init; }
}

/// <summary>Asks how far the members of a room have read.</summary>
[MessagePackObject]
public sealed record ListReaders
{
    /// <summary>A room of up to 50 members.</summary>
    [Key("roomId")]
    public required Guid RoomId { get; init; }
}

/// <summary>How far the members of a room have read.</summary>
[MessagePackObject]
public sealed record ReaderList
{
    /// <summary>One for each member; empty in rooms above 50.</summary>
    [Key("readers")]
    public required IReadOnlyList<Reader> Readers { get; init; }
}

/// <summary>
/// Looks for messages that have all the words: a word is found by its beginning, whatever the case; Chinese, Japanese and
/// Korean text anywhere, from one character on.
/// </summary>
[MessagePackObject]
public sealed record SearchMessages
{
    /// <summary>Words, at most 200 characters; may be empty with <see cref="MentionsMe"/>.</summary>
    [Key("text")]
    public required string Text { get; init; }

    /// <summary>In this room; null for all rooms of the caller.</summary>
    [Key("roomId")]
    public Guid? RoomId { get; init; }

    /// <summary>Only what this user has written; null for everybody.</summary>
    [Key("authorId")]
    public Guid? AuthorId { get; init; }

    /// <summary>Only what calls the caller.</summary>
    [Key("mentionsMe")]
    public bool MentionsMe { get; init; }

    /// <summary>From the last page's <see cref="SearchPage.Next"/>; null for the first.</summary>
    [Key("after")]
    public string? After { get; init; }

    /// <summary>Hits a page, 1 to 50; null for 20.</summary>
    [Key("limit")]
    public int? Limit { get; init; }
}

/// <summary>Some hits, newest first.</summary>
[MessagePackObject]
public sealed record SearchPage
{
    /// <summary>The hits.</summary>
    [Key("hits")]
    public required IReadOnlyList<SearchHit> Hits { get; init; }

    /// <summary>What to ask for the next page with; null at the end.</summary>
    [Key("next")]
    public string? Next { get; init; }
}

/// <summary>A message that was looked for, with what was said around it.</summary>
[MessagePackObject]
public sealed record SearchHit
{
    /// <summary>The message.</summary>
    [Key("message")]
    public required Message Message { get; init; }

    /// <summary>The one before it in its room or thread; null for none.</summary>
    [Key("before")]
    public Message? Before { get; init; }

    /// <summary>The one after it in its room or thread; null for none.</summary>
    [Key("after")]
    public Message? After { get; init; }
}
