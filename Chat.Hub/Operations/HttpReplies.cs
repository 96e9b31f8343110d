using System.Globalization;
using System.Text.Json;
using Chat.Contracts;
using Chat.Contracts.Wire;
using Chat.Hub.Delivery;
using Chat.Hub.Rooms;
using Chat.Hub.Storage;

namespace Chat.Hub.Operations;

/// <summary>The same replies over HTTP: a result or an error with its code, and the status that goes with it.</summary>
internal static class HttpReplies
{
    private const int MostBodyBytes = 16 * 1024;

    /// <summary>Of a request with a message's text: six bytes of JSON for each of its own, where all are escaped.</summary>
    public const int MostMessageBytes = 128 * 1024;

    public static IResult Of<T>(Reply<T> reply) where T : class =>
        new Answer<T>(reply);

    /// <summary>Reads the request from the body and answers what <paramref name="act"/> says.</summary>
    public static async Task<IResult> Read<TRequest, T>(HttpContext http, Func<TRequest, Task<Reply<T>>> act, int mostBytes = MostBodyBytes) where T : class
    {
        var (request, mistake) = await ReadBody<TRequest>(http, mostBytes);
        return mistake is not null ? Of<T>(mistake) : await Of(() => act(request!));
    }

    /// <summary>Answers what <paramref name="act"/> says, or that the store is away.</summary>
    public static async Task<IResult> Of<T>(Func<Task<Reply<T>>> act) where T : class
    {
        try
        {
            return Of(await act());
        }
        catch (StoreUnavailableException)
        {
            return Of<T>(Refusal.Unavailable(TimeSpan.FromSeconds(2)));
        }
    }

    public static Task Write(HttpContext http, int status, Error error) => Write(http, status, (Reply)error, error.RetryAfterMs);

    private static async Task Write<TReply>(HttpContext http, int status, TReply reply, long? retryAfterMs)
    {
        http.Response.StatusCode = status;
        if (retryAfterMs is { } wait)
            http.Response.Headers.RetryAfter = Math.Max(1, (wait + 999) / 1000).ToString(CultureInfo.InvariantCulture);
        await http.Response.WriteAsJsonAsync(reply, ChatJson.Options, http.RequestAborted);
    }

    private static async Task<(TRequest? Request, Error? Mistake)> ReadBody<TRequest>(HttpContext http, int mostBytes)
    {
        if (http.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = mostBytes;
        // A body that never ends must not hold up the stop of the process.
        var stopping = http.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, stopping);
        try
        {
            var request = await JsonSerializer.DeserializeAsync<TRequest>(http.Request.Body, ChatJson.Options, ending.Token);
            return (request, ContractShape.MistakeIn([request]));
        }
        catch (BadHttpRequestException e) when (e.StatusCode is StatusCodes.Status413PayloadTooLarge)
        {
            return (default, Refusal.Of(ErrorCode.TooLarge, $"The body is larger than {mostBytes} bytes."));
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // Too slow, gone, or the node stops: whatever is answered, the client can send it again.
            return (default, Refusal.Unavailable(TimeSpan.FromSeconds(1)));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return (default, Refusal.Invalid("body", "is not the JSON that is expected here."));
        }
    }

    private static int StatusOf(ErrorCode code) => code switch
    {
        ErrorCode.Invalid or ErrorCode.UnsupportedVersion => StatusCodes.Status400BadRequest,
        ErrorCode.Unauthenticated or ErrorCode.WrongPassword => StatusCodes.Status401Unauthorized,
        ErrorCode.Forbidden or ErrorCode.NotAMember or ErrorCode.Banned or ErrorCode.Muted => StatusCodes.Status403Forbidden,
        ErrorCode.NotFound => StatusCodes.Status404NotFound,
        ErrorCode.NameTaken or ErrorCode.Conflict or ErrorCode.RoomFull => StatusCodes.Status409Conflict,
        ErrorCode.TooLarge => StatusCodes.Status413PayloadTooLarge,
        ErrorCode.RateLimited => StatusCodes.Status429TooManyRequests,
        ErrorCode.Unavailable => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status500InternalServerError,
    };

    private sealed class Answer<T>(Reply<T> reply) : IResult where T : class
    {
        public Task ExecuteAsync(HttpContext httpContext) => Write(
            httpContext, reply.Error is { } error ? StatusOf(error.Code) : StatusCodes.Status200OK, reply, reply.Error?.RetryAfterMs);
    }
}
