using MessagePack;

namespace Chat.Contracts;

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

    /// <summary>Whether a thumbnail can be had, in JPEG or PNG, at most 480 pixels across and down.</summary>
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
