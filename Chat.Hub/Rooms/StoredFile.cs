using Chat.Contracts;

namespace Chat.Hub.Rooms;

/// <summary>An attachment with what only the server knows of it.</summary>
internal sealed record StoredFile
{
    public required Attachment Attachment { get; init; }

    public required Guid RoomId { get; init; }

    public required Guid UploaderId { get; init; }

    /// <summary>The message it belongs to; null until it is sent.</summary>
    public long? MessageSeq { get; init; }

    /// <summary>Under which name its bytes are kept; forwarded files share them.</summary>
    public required string Blob { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}
