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
