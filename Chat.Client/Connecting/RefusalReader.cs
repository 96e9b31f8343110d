using System.Net;
using System.Net.Http.Headers;

namespace Chat.Client.Connecting;

/// <summary>
/// Reads what SignalR does not tell of a refusal: how long the server asks to wait, and whether it was the server at all that
/// did not take the token.
/// </summary>
internal sealed class RefusalReader(HttpMessageHandler inner, TimeProvider time, Action<TimeSpan> told) : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (response.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable && response.Headers.RetryAfter is { } retry
            && (retry.Delta ?? retry.Date - (response.Headers.Date ?? time.GetUtcNow())) is { } wait)
            told(NamedWait.Of(wait));
        if (response.StatusCode is not HttpStatusCode.Unauthorized || response.Headers.WwwAuthenticate.Any(IsOurs)) return response;
        response.Dispose();
        // A proxy, or the page of a hotel: no reason to sign anybody out.
        throw new HttpRequestException("Something on the way to the server answered 401.");
    }

    private static bool IsOurs(AuthenticationHeaderValue challenge) => challenge.Scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase);
}
