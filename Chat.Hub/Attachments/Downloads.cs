using Chat.Contracts;
using Chat.Hub.Operations;
using Chat.Hub.Rooms;
using Chat.Hub.Storage;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Net.Http.Headers;

namespace Chat.Hub.Attachments;

/// <summary>Gives files out, to those who are in the room now; before a message has it, to its uploader alone.</summary>
internal sealed partial class Downloads(IRoomStore rooms, IAttachmentStore store, IBlobs blobs, ILogger<Downloads> logger)
{
    private const int PieceBytes = 16 * 1024;

    // In a sandbox nothing runs, whatever a browser makes of the file.
    private const string NothingActive = "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'; sandbox";

    public async Task File(HttpContext http, Guid attachmentId)
    {
        if (await Find(http, attachmentId) is not { } file) return;
        var (shown, tag) = (file.Attachment, new EntityTagHeaderValue($"\"{attachmentId:N}\""));
        if (IsKnown(http, tag)) return;

        http.Response.Headers.AcceptRanges = "bytes";
        if (ByteRange.Of(http.Request.GetTypedHeaders(), shown.Size, tag) is not { } range)
        {
            http.Response.Headers.ContentRange = $"bytes */{shown.Size}";
            http.Response.StatusCode = StatusCodes.Status416RangeNotSatisfiable;
            return;
        }
        await using var blob = HttpMethods.IsHead(http.Request.Method)
            ? new Blob(Stream.Null, range.Length)
            : await blobs.Open(file.Blob, range.From, range.IsPart ? range.Length : null, http.RequestAborted);
        if (await IsMissing(http, blob, attachmentId)) return;

        if (range.IsPart)
        {
            http.Response.StatusCode = StatusCodes.Status206PartialContent;
            http.Response.Headers.ContentRange = $"bytes {range.From}-{range.From + range.Length - 1}/{shown.Size}";
        }
        // Text in another encoding than it says would not have been taken for text.
        Describe(http, shown.MediaType is MediaTypes.Text ? "text/plain; charset=utf-8" : shown.MediaType, shown.Name, MediaTypes.IsSafeInline(shown.MediaType));
        await Send(http, blob!, range.Length, attachmentId);
    }

    public async Task Thumbnail(HttpContext http, Guid attachmentId)
    {
        if (await Find(http, attachmentId) is not { } file) return;
        if (!file.Attachment.HasThumbnail)
        {
            await Refuse(http, "thumbnail");
            return;
        }
        if (IsKnown(http, new EntityTagHeaderValue($"\"{attachmentId:N}-thumbnail\""))) return;
        await using var blob = await blobs.Open(Uploads.ThumbnailOf(file.Blob), 0, null, http.RequestAborted);
        if (await IsMissing(http, blob, attachmentId)) return;

        var first = new byte[1];
        await blob!.Content.ReadExactlyAsync(first, http.RequestAborted);
        var isJpeg = first[0] is 0xFF;
        Describe(http, isJpeg ? MediaTypes.Jpeg : MediaTypes.Png, isJpeg ? "thumbnail.jpg" : "thumbnail.png", isInline: true);
        http.Response.ContentLength = blob.Length;
        await http.Response.Body.WriteAsync(first, http.RequestAborted);
        await Copy(http, blob, blob.Length - 1, attachmentId);
    }

    /// <summary>The file, if whoever asks may have it; else it is as if there were none, and the answer is written.</summary>
    private async Task<StoredFile?> Find(HttpContext http, Guid attachmentId)
    {
        var userId = SignIn.ChatClaims.SpeakerOf(http.User).UserId;
        if (await store.FindFile(attachmentId, http.RequestAborted) is { } file
            && (file.MessageSeq is not null || file.UploaderId == userId)
            && await rooms.FindMember(file.RoomId, userId, http.RequestAborted) is { State: MemberState.Active })
            return file;
        await Refuse(http, "attachment");
        return null;
    }

    /// <summary>Whether the client has it already; then the answer says so. What has a tag never changes.</summary>
    private static bool IsKnown(HttpContext http, EntityTagHeaderValue tag)
    {
        var headers = http.Response.Headers;
        headers.ETag = tag.ToString();
        headers.CacheControl = "private, max-age=31536000, immutable";
        if (!http.Request.GetTypedHeaders().IfNoneMatch.Any(known => known.Equals(EntityTagHeaderValue.Any) || known.Compare(tag, useStrongComparison: false))) return false;
        http.Response.StatusCode = StatusCodes.Status304NotModified;
        return true;
    }

    private async Task<bool> IsMissing(HttpContext http, Blob? blob, Guid attachmentId)
    {
        if (blob is not null) return false;
        LogMissing(attachmentId);
        http.Response.Headers.Remove(HeaderNames.ETag);
        http.Response.Headers.Remove(HeaderNames.CacheControl);
        await Refuse(http, "attachment any more");
        return true;
    }

    private static void Describe(HttpContext http, string mediaType, string name, bool isInline)
    {
        var disposition = new ContentDispositionHeaderValue(isInline ? "inline" : "attachment");
        disposition.SetHttpFileName(name);
        var headers = http.Response.Headers;
        headers.ContentType = mediaType;
        headers.ContentDisposition = disposition.ToString();
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = NothingActive;
    }

    private Task Send(HttpContext http, Blob blob, long length, Guid attachmentId)
    {
        http.Response.ContentLength = length;
        return HttpMethods.IsHead(http.Request.Method) ? Task.CompletedTask : Copy(http, blob, length, attachmentId);
    }

    private async Task Copy(HttpContext http, Blob blob, long length, Guid attachmentId)
    {
        try
        {
            await StreamCopyOperation.CopyToAsync(blob.Content, http.Response.Body, length, PieceBytes, http.RequestAborted);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // Whoever asked has gone.
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            // The length is said already: only a broken connection tells that something is missing.
            LogBroken(e, attachmentId);
            http.Abort();
        }
    }

    private static Task Refuse(HttpContext http, string what) =>
        HttpReplies.Write(http, StatusCodes.Status404NotFound, Refusal.NotFound(what));

    [LoggerMessage(121, LogLevel.Warning, "The bytes of attachment {AttachmentId} are missing. Do all nodes share Chat:Attachments:Folder?")]
    private partial void LogMissing(Guid attachmentId);

    [LoggerMessage(122, LogLevel.Warning, "Attachment {AttachmentId} could not be sent to its end.")]
    private partial void LogBroken(Exception exception, Guid attachmentId);
}
