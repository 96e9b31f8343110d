using MessagePack;

namespace Chat.Contracts;

/// <summary>A message as the members of its room see it. A deleted one stays as a record without content.</summary>
[MessagePackObject]
public sealed record Message : RoomRecord
{
    /// <summary>The message.</summary>
    [Key("id")]
    public required Guid Id { get; init; }

    /// <summary>The room's change number at posting. Order, paging and unread counts go by it, never by a clock.</summary>
    [Key("seq")]
    public long Seq { get; init; }

    /// <summary>What it is made of.</summary>
    [Key("kind")]
    public required MessageKind Kind { get; init; }

    /// <summary>Who posted it; null for the room itself.</summary>
    [Key("authorId")]
    public Guid? AuthorId { get; init; }

    /// <summary>The author's name at posting; empty for the room itself.</summary>
    [Key("authorName")]
    public string AuthorName { get; init; } = "";

    /// <summary>The id the author's client gave it; null for messages of kind <see cref="MessageKind.System"/>.</summary>
    [Key("clientMessageId")]
    public Guid? ClientMessageId { get; init; }

    /// <summary>Markdown subset, at most 16 KB of UTF-8. For system messages what to show when <see cref="System"/> is not understood.</summary>
    [Key("text")]
    public required string Text { get; init; }

    /// <summary>What happened, for messages of kind <see cref="MessageKind.System"/>.</summary>
    [Key("system")]
    public SystemEvent? System { get; init; }

    /// <summary>The message this one answers; null for none.</summary>
    [Key("replyToSeq")]
    public long? ReplyToSeq { get; init; }

    /// <summary>The message whose thread this one is in; null outside threads.</summary>
    [Key("threadSeq")]
    public long? ThreadSeq { get; init; }

    /// <summary>How many messages are in the thread of this one.</summary>
    [Key("replyCount")]
    public int ReplyCount { get; init; }

    /// <summary>When the last of them was posted; null without any.</summary>
    [Key("lastReplyAt")]
    public DateTimeOffset? LastReplyAt { get; init; }

    /// <summary>Who is called by it.</summary>
    [Key("mentions")]
    public IReadOnlyList<Mention> Mentions { get; init; } = [];

    /// <summary>Files that belong to it.</summary>
    [Key("attachments")]
    public IReadOnlyList<Attachment> Attachments { get; init; } = [];

    /// <summary>Who reacted, by emoji, in order of first use.</summary>
    [Key("reactions")]
    public IReadOnlyList<Reaction> Reactions { get; init; } = [];

    /// <summary>When it was pinned; null when it is not.</summary>
    [Key("pinnedAt")]
    public DateTimeOffset? PinnedAt { get; init; }

    /// <summary>Where it was forwarded from; null when it was not.</summary>
    [Key("forwardedFrom")]
    public MessageReference? ForwardedFrom { get; init; }

    /// <summary>Whether it was written while being sent, and how that ended; null for ordinary messages.</summary>
    [Key("stream")]
    public StreamState? Stream { get; init; }

    /// <summary>When it was posted, by the server's clock.</summary>
    [Key("createdAt")]
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was last edited; null when it was not.</summary>
    [Key("editedAt")]
    public DateTimeOffset? EditedAt { get; init; }

    /// <summary>When it was deleted; null when it was not.</summary>
    [Key("deletedAt")]
    public DateTimeOffset? DeletedAt { get; init; }

    /// <summary>Who deleted it; null when nobody did.</summary>
    [Key("deletedBy")]
    public Guid? DeletedBy { get; init; }
}

/// <summary>What a message is made of.</summary>
public enum MessageKind
{
    /// <summary>A kind of a newer server.</summary>
    Unknown = 0,

    /// <summary>Words.</summary>
    Text,

    /// <summary>Pictures, and perhaps words.</summary>
    Image,

    /// <summary>Files, and perhaps words.</summary>
    File,

    /// <summary>Something that happened in the room.</summary>
    System,
}

/// <summary>Posts a message.</summary>
[MessagePackObject]
public sealed record SendMessage
{
    /// <summary>The room.</summary>
    [Key("roomId")]
    public required Guid RoomId { get; init; }

    /// <summary>Made by the client before its first try and kept over every repeat and restart.</summary>
    [Key("clientMessageId")]
    public required Guid ClientMessageId { get; init; }

    /// <summary>
    /// 1 byte to 16 KB of UTF-8, not only white space, no control characters but tab and line breaks. May be empty with
    /// attachments; must be with <see cref="Forward"/>. "@name" calls a member, "@room" everybody in the room.
    /// </summary>
    [Key("text")]
    public required string Text { get; init; }

    /// <summary>The message this one answers; null for none.</summary>
    [Key("replyToSeq")]
    public long? ReplyToSeq { get; init; }

    /// <summary>The message whose thread this one goes into; null for the room itself. Threads have no threads.</summary>
    [Key("threadSeq")]
    public long? ThreadSeq { get; init; }

    /// <summary>Files that the caller has uploaded to the room and not used yet, at most 10.</summary>
    [Key("attachmentIds")]
    public IReadOnlyList<Guid> AttachmentIds { get; init; } = [];

    /// <summary>A message of a room of the caller, whose text and files this one repeats; null for none.</summary>
    [Key("forward")]
    public MessagePlace? Forward { get; init; }
}

/// <summary>A message that is posted over plain HTTP.</summary>
[MessagePackObject]
public sealed record PostByHttp
{
    /// <summary>As in <see cref="SendMessage.Text"/>.</summary>
    [Key("text")]
    public required string Text { get; init; }

    /// <summary>The message this one answers; null for none.</summary>
    [Key("replyToSeq")]
    public long? ReplyToSeq { get; init; }

    /// <summary>The message whose thread this one goes into; null for the room itself.</summary>
    [Key("threadSeq")]
    public long? ThreadSeq { get; init; }
}

/// <summary>Where a message is.</summary>
[MessagePackObject]
public sealed record MessagePlace
{
    /// <summary>The room.</summary>
    [Key("roomId")]
    public required Guid RoomId { get; init; }

    /// <summary>The message's <see cref="Message.Seq"/> there.</summary>
    [Key("seq")]
    public required long Seq { get; init; }
}

/// <summary>Gives a message of the caller another text. What it said before is kept.</summary>
[MessagePackObject]
public sealed record EditMessage
{
    /// <summary>The room.</summary>
    [Key("roomId")]
    public required Guid RoomId { get; init; }

    /// <summary>The message.</summary>
    [Key("seq")]
    public required long Seq { get; init; }

    /// <summary>As in <see cref="SendMessage.Text"/>.</summary>
    [Key("text")]
    public required string Text { get; init; }
}

/// <summary>What a message said, from first to last.</summary>
[MessagePackObject]
public sealed record Edits
{
    /// <summary>The texts, oldest first; the last is the present one. At most 100, the latest.</summary>
    [Key("texts")]
    public required IReadOnlyList<EditedText> Texts { get; init; }
}

/// <summary>What a message said for a while.</summary>
[MessagePackObject]
public sealed record EditedText
{
    /// <summary>The text.</summary>
    [Key("text")]
    public required string Text { get; init; }

    /// <summary>Since when it said so.</summary>
    [Key("since")]
    public required DateTimeOffset Since { get; init; }
}

/// <summary>Sets or takes back a reaction of the caller.</summary>
[MessagePackObject]
public sealed record SetReaction
{
    /// <summary>The room.</summary>
    [Key("roomId")]
    public required Guid RoomId { get; init; }

    /// <summary>The message.</summary>
    [Key("seq")]
    public required long Seq { get; init; }

    /// <summary>One emoji. A message takes 20 different ones, and 1,000 reactions in all.</summary>
    [Key("emoji")]
    public required string Emoji { get; init; }

    /// <summary>Whether it shall be there.</summary>
    [Key("isSet")]
    public bool IsSet { get; init; } = true;
}

/// <summary>Pins a message, or takes it off. A room takes 100 pins.</summary>
[MessagePackObject]
public sealed record SetPin
{
    /// <summary>The room.</summary>
    [Key("roomId")]
    public required Guid RoomId { get; init; }

    /// <summary>The message.</summary>
    [Key("seq")]
    public required long Seq { get; init; }

    /// <summary>Whether it shall be pinned.</summary>
    [Key("isPinned")]
    public bool IsPinned { get; init; } = true;
}

/// <summary>Asks for what is pinned in a room.</summary>
[MessagePackObject]
public sealed record ListPins
{
    /// <summary>The room.</summary>
    [Key("roomId")]
    public required Guid RoomId { get; init; }
}

/// <summary>Some messages.</summary>
[MessagePackObject]
public sealed record MessageList
{
    /// <summary>The messages, by <see cref="Message.Seq"/>.</summary>
    [Key("messages")]
    public required IReadOnlyList<Message> Messages { get; init; }
}
