using MessagePack;

namespace Chat.Contracts;

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

/// <summary>
/// Begins a message that is written while it is sent. The members see an open message, then its pieces, and at the end one
/// complete message. Whoever writes nothing for 20 s is cut off, and what was there stays.
/// </summary>
[MessagePackObject]
public sealed record StreamStart
{
    /// <summary>The room.</summary>
    [Key("roomId")]
    public required Guid RoomId { get; init; }

    /// <summary>Made by the client before its first try and kept over repeats: a repeat answers the first message.</summary>
    [Key("clientMessageId")]
    public required Guid ClientMessageId { get; init; }

    /// <summary>The message this one answers; null for none.</summary>
    [Key("replyToSeq")]
    public long? ReplyToSeq { get; init; }

    /// <summary>The message whose thread this one goes into; null for the room itself.</summary>
    [Key("threadSeq")]
    public long? ThreadSeq { get; init; }
}

/// <summary>
/// Adds a piece to an open message of the caller. A repeat, or a piece that overlaps, adds only what is new; one that leaves
/// a gap adds nothing, and <see cref="StreamProgress.Length"/> says from where to send again.
/// </summary>
[MessagePackObject]
public sealed record StreamPiece
{
    /// <summary>The room.</summary>
    [Key("roomId")]
    public required Guid RoomId { get; init; }

    /// <summary>The message's <see cref="Message.Seq"/>.</summary>
    [Key("seq")]
    public required long Seq { get; init; }

    /// <summary>Where the piece begins, in UTF-16 code units from the beginning of the text.</summary>
    [Key("offset")]
    public required int Offset { get; init; }

    /// <summary>The piece; empty only says that the writer is there.</summary>
    [Key("text")]
    public required string Text { get; init; }
}

/// <summary>How much of an open message the server has.</summary>
[MessagePackObject]
public sealed record StreamProgress
{
    /// <summary>UTF-16 code units.</summary>
    [Key("length")]
    public required int Length { get; init; }
}

/// <summary>Ends an open message of the caller.</summary>
[MessagePackObject]
public sealed record StreamEnd
{
    /// <summary>The room.</summary>
    [Key("roomId")]
    public required Guid RoomId { get; init; }

    /// <summary>The message's <see cref="Message.Seq"/>.</summary>
    [Key("seq")]
    public required long Seq { get; init; }

    /// <summary>The whole length in UTF-16 code units: the server refuses with <see cref="ErrorCode.Conflict"/> when it has another.</summary>
    [Key("length")]
    public required int Length { get; init; }

    /// <summary>Whether the writer gives up: the message stays as cut off.</summary>
    [Key("isCutOff")]
    public bool IsCutOff { get; init; }
}

/// <summary>A piece of a message that is still being written.</summary>
[MessagePackObject]
public sealed record StreamChunk
{
    /// <summary>The room.</summary>
    [Key("roomId")]
    public required Guid RoomId { get; init; }

    /// <summary>The message's <see cref="Message.Seq"/>.</summary>
    [Key("seq")]
    public required long Seq { get; init; }

    /// <summary>Where the piece begins, in UTF-16 code units from the beginning of the text.</summary>
    [Key("offset")]
    public required int Offset { get; init; }

    /// <summary>The piece.</summary>
    [Key("text")]
    public required string Text { get; init; }
}
