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
}

/// <summary>Somebody, or everybody, called by a message.</summary>
[MessagePackObject]
public sealed record Mention
{
    /// <summary>Who; null for the whole room.</summary>
    [Key("userId")]
    public Guid? UserId { get; init; }

    /// <summary>The name as written, without the @.</summary>
    [Key("name")]
    public required string Name { get; init; }
}

/// <summary>A file that belongs to a message.</summary>
[MessagePackObject]
public sealed record Attachment
{
    /// <summary>The attachment.</summary>
    [Key("id")]
    public required Guid Id { get; init; }

    /// <summary>Its file name, without a path.</summary>
    [Key("name")]
    public required string Name { get; init; }

    /// <summary>Its media type, found from its content.</summary>
    [Key("mediaType")]
    public required string MediaType { get; init; }

    /// <summary>Its size in bytes.</summary>
    [Key("size")]
    public required long Size { get; init; }

    /// <summary>Pixels across; null for what is not an image.</summary>
    [Key("width")]
    public int? Width { get; init; }

    /// <summary>Pixels down; null for what is not an image.</summary>
    [Key("height")]
    public int? Height { get; init; }

    /// <summary>Whether a thumbnail can be had.</summary>
    [Key("hasThumbnail")]
    public bool HasThumbnail { get; init; }
}

/// <summary>An emoji and who set it.</summary>
[MessagePackObject]
public sealed record Reaction
{
    /// <summary>The emoji.</summary>
    [Key("emoji")]
    public required string Emoji { get; init; }

    /// <summary>Who, in the order they did.</summary>
    [Key("userIds")]
    public required IReadOnlyList<Guid> UserIds { get; init; }
}

/// <summary>Where a message is.</summary>
[MessagePackObject]
public sealed record MessageReference
{
    /// <summary>The room.</summary>
    [Key("roomId")]
    public required Guid RoomId { get; init; }

    /// <summary>The message's <see cref="Message.Seq"/> there.</summary>
    [Key("seq")]
    public required long Seq { get; init; }

    /// <summary>The author's name there.</summary>
    [Key("authorName")]
    public required string AuthorName { get; init; }
}

/// <summary>How far a streamed message is.</summary>
public enum StreamState
{
    /// <summary>A state of a newer server.</summary>
    Unknown = 0,

    /// <summary>Still being written.</summary>
    Open,

    /// <summary>Written to its end.</summary>
    Complete,

    /// <summary>Its writer was lost.</summary>
    CutOff,
}

/// <summary>A piece of a message that is still being written.</summary>
[MessagePackObject]
public sealed record StreamChunk
{
    /// <summary>The room.</summary>
    [Key("roomId")]
    public required Guid RoomId { get; init; }

    /// <summary>The message.</summary>
    [Key("messageId")]
    public required Guid MessageId { get; init; }

    /// <summary>Where the piece begins, in UTF-16 code units from the beginning of the text.</summary>
    [Key("offset")]
    public required int Offset { get; init; }

    /// <summary>The piece.</summary>
    [Key("text")]
    public required string Text { get; init; }
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

    /// <summary>1 byte to 16 KB of UTF-8, not only white space, no control characters but tab and line breaks.</summary>
    [Key("text")]
    public required string Text { get; init; }

    /// <summary>The message this one answers; null for none.</summary>
    [Key("replyToSeq")]
    public long? ReplyToSeq { get; init; }
}
