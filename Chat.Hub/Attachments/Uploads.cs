using System.IO.Pipelines;
using Chat.Contracts;
using Chat.Hub.Operations;
using Chat.Hub.Rooms;
using Chat.Hub.Storage;
using Microsoft.Extensions.Options;

namespace Chat.Hub.Attachments;

/// <summary>Takes files in: whatever can be refused is, before any of the body is read.</summary>
internal sealed partial class Uploads(
    IAttachmentStore store, IBlobs blobs, Thumbnails thumbnails, IOptions<AttachmentOptions> options, ChatClock time, ILogger<Uploads> logger)
{
    /// <summary>A file from somebody for a room.</summary>
    /// <param name="speaker">Who sends it.</param>
    /// <param name="roomId">The room that it will be posted to.</param>
    /// <param name="name">Its name as the client says it.</param>
    /// <param name="length">Its length as the client says it; null for unknown.</param>
    /// <param name="body">The file.</param>
    /// <param name="cancellation">Ends taking it.</param>
    public async Task<Reply<Attachment>> Take(Speaker speaker, Guid roomId, string? name, long? length, PipeReader body, CancellationToken cancellation)
    {
        var limits = options.Value;
        if (length > limits.MostBytes) return TooLarge();
        if (length is 0) return Empty;
        if (await MayPost(speaker, roomId, cancellation) is { } refusal) return refusal;
        if (await store.UnusedBytes(speaker.UserId, cancellation) + (length ?? 1) > limits.UnusedBytes) return TooMuchUnused;

        using var file = await Spool.Take(blobs.Incoming, body, limits.MostBytes, cancellation);
        return file is null ? TooLarge() : file.Length is 0 ? Empty : await Keep(speaker, roomId, FileNames.Clean(name), file, cancellation);
    }

    private Error TooLarge() => Refusal.Of(ErrorCode.TooLarge, $"An attachment has at most {options.Value.MostBytes:N0} bytes.");

    private static Error Empty => Refusal.Invalid("body", "is empty.");

    private static Error TooMuchUnused => Refusal.Of(
        ErrorCode.RateLimited, "You have uploaded much that no message uses yet. Send it, or wait until it is cleared away.", TimeSpan.FromHours(1));

    private async Task<Error?> MayPost(Speaker speaker, Guid roomId, CancellationToken cancellation)
    {
        var place = await store.FindPlace(roomId, speaker.UserId, cancellation);
        return Permissions.Check(Act.Post, place?.Room, speaker, place?.Member, time.Now);
    }

    private async Task<Reply<Attachment>> Keep(Speaker speaker, Guid roomId, string name, Spool file, CancellationToken cancellation)
    {
        var (type, picture, mistake) = await Look(file, cancellation);
        if (mistake is not null) return mistake;

        var now = time.Stored;
        var stored = new StoredFile
        {
            Attachment = new Attachment
            {
                Id = Guid.CreateVersion7(now),
                Name = name,
                MediaType = type,
                Size = file.Length,
                Width = picture?.Width,
                Height = picture?.Height,
                HasThumbnail = picture?.Thumbnail is not null,
            },
            RoomId = roomId,
            UploaderId = speaker.UserId,
            Blob = Guid.CreateVersion7(now).ToString("N"),
            CreatedAt = now,
        };
        // Noted, then written, then needed: whenever this node ends, the collector finds what nobody needs.
        await store.NoteBlob(stored.Blob, now, cancellation);
        if (picture?.Thumbnail is { } thumbnail) await blobs.Put(ThumbnailOf(stored.Blob), thumbnail, cancellation);
        await blobs.Put(stored.Blob, file, cancellation);
        if (!await store.AddFile(stored, options.Value.UnusedBytes, cancellation)) return TooMuchUnused;

        LogTaken(stored.Attachment.Id, stored.Attachment.Size, type, speaker.UserId, roomId);
        return stored.Attachment;
    }

    public static string ThumbnailOf(string blob) => blob + "-thumbnail";

    private async Task<(string Type, Picture? Picture, Error? Mistake)> Look(Spool file, CancellationToken cancellation)
    {
        var type = MediaTypes.Of(file.Head, isWhole: file.Length == file.Head.Length);
        if (!MediaTypes.IsImage(type)) return (type, null, null);
        if (HeaderOf(file, type) is not { } header) return (MediaTypes.Unknown, null, null);
        // By the header alone: a bomb is small until it is decoded.
        if (header.Pixels > options.Value.MostPixels)
            return (type, null, Refusal.Of(ErrorCode.TooLarge, $"An image has at most {options.Value.MostPixels:N0} pixels."));
        var picture = await thumbnails.Make(file, header, cancellation);
        return picture is null ? (MediaTypes.Unknown, null, null) : (type, picture, null);
    }

    private static ImageHeader? HeaderOf(Spool file, string type)
    {
        using var content = file.Open();
        return ImageHeader.Read(type, content);
    }

    [LoggerMessage(120, LogLevel.Information, "Attachment {AttachmentId} of {Bytes} bytes ({MediaType}) came from {UserId} for room {RoomId}.")]
    private partial void LogTaken(Guid attachmentId, long bytes, string mediaType, Guid userId, Guid roomId);
}
