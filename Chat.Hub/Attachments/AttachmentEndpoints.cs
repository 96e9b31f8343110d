using Chat.Contracts;
using Chat.Hub.Integrations;
using Chat.Hub.Operations;
using Chat.Hub.Rooms;
using Chat.Hub.SignIn;
using Chat.Hub.Storage;
using Microsoft.AspNetCore.Http.Features;

namespace Chat.Hub.Attachments;

/// <summary>Files in and out, over HTTP.</summary>
internal static partial class AttachmentEndpoints
{
    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    public static void MapAttachments(this IEndpointRouteBuilder routes)
    {
        routes.MapPost(ChatPaths.RoomAttachments.Replace("{roomId}", "{roomId:guid}"), (HttpContext http, Guid roomId, Uploads uploads, AttachmentLimiter limiter) =>
            Upload(http, roomId, uploads, limiter)).RequireAuthorization(TokenChecking.Policy)
            .Accepts<IFormFile>("application/octet-stream", "*/*").Answers<Reply<Attachment>>("Uploads a file to a room, named in the query (name).");

        routes.MapMethods(ChatPaths.Attachment.Replace("{attachmentId}", "{attachmentId:guid}"), Reading, (HttpContext http, Guid attachmentId, Downloads downloads, AttachmentLimiter limiter) =>
            Download(http, limiter, () => downloads.File(http, attachmentId))).RequireAuthorization(TokenChecking.Policy)
            .WithSummary("The file of an attachment, or a range of it.").Produces(StatusCodes.Status200OK, contentType: "application/octet-stream").Produces<Reply>(StatusCodes.Status404NotFound);

        routes.MapGet(ChatPaths.Thumbnail.Replace("{attachmentId}", "{attachmentId:guid}"), (HttpContext http, Guid attachmentId, Downloads downloads, AttachmentLimiter limiter) =>
            Download(http, limiter, () => downloads.Thumbnail(http, attachmentId))).RequireAuthorization(TokenChecking.Policy)
            .WithSummary("A small picture of an attachment.").Produces(StatusCodes.Status200OK, contentType: "image/jpeg").Produces<Reply>(StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> Upload(HttpContext http, Guid roomId, Uploads uploads, AttachmentLimiter limiter)
    {
        var speaker = ChatClaims.SpeakerOf(http.User);
        if (HubScopes.Refusal(http.User, BotScope.Upload) is { } unasked) return HttpReplies.Of<Attachment>(unasked);
        using var under = limiter.BeginUpload(speaker.UserId, out var wait);
        if (wait is not null) return HttpReplies.Of<Attachment>(wait);

        // Counted as it comes: the framework would count the frames of chunks too, and refuse what is just small enough.
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = null;
        // A body that never ends must not hold up the stop of the process.
        var stopping = http.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, stopping);
        return await HttpReplies.Of(async () =>
        {
            try
            {
                return await uploads.Take(speaker, roomId, http.Request.Query["name"], http.Request.ContentLength, http.Request.BodyReader, ending.Token);
            }
            catch (StoreUnavailableException e)
            {
                LogAway(LoggerOf(http), e);
                throw;
            }
            catch (Exception e) when (e is IOException or OperationCanceledException)
            {
                // Too slow, gone, or the node stops: whatever is answered, the client can send it again.
                return Refusal.Unavailable(TimeSpan.FromSeconds(1));
            }
        });
    }

    private static async Task Download(HttpContext http, AttachmentLimiter limiter, Func<Task> send)
    {
        if (HubScopes.Refusal(http.User, BotScope.Read) is { } unasked)
        {
            await HttpReplies.Write(http, StatusCodes.Status403Forbidden, unasked);
            return;
        }
        if (limiter.Download(ChatClaims.SpeakerOf(http.User).UserId) is { } wait)
        {
            await HttpReplies.Write(http, StatusCodes.Status429TooManyRequests, wait);
            return;
        }
        try
        {
            await send();
        }
        catch (StoreUnavailableException e) when (!http.Response.HasStarted)
        {
            LogAway(LoggerOf(http), e);
            http.Response.Clear();
            await HttpReplies.Write(http, StatusCodes.Status503ServiceUnavailable, Refusal.Unavailable(TimeSpan.FromSeconds(2)));
        }
    }

    private static ILogger LoggerOf(HttpContext http) => http.RequestServices.GetRequiredService<ILogger<Uploads>>();

    [LoggerMessage(126, LogLevel.Warning, "An attachment could not be kept or read: the store, the folder or the bucket is away.")]
    private static partial void LogAway(ILogger logger, Exception exception);
}
