using System.Net;

namespace Chat.Client.Connecting;

/// <summary>Reads how long a server that refuses a connection asks to wait: SignalR tells the status only.</summary>
internal sealed class RefusalReader(HttpMessageHandler inner, TimeProvider time, Action<TimeSpan> told) : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (response.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable && response.Headers.RetryAfter is { } retry
            && (retry.Delta ?? retry.Date - (response.Headers.Date ?? time.GetUtcNow())) is { } wait)
            told(NamedWait.Of(wait));
        return response;
    }
}
