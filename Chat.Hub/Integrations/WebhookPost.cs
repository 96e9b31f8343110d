using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Chat.Contracts;
using Chat.Hub.Operations;
using Chat.Hub.Storage;
using Microsoft.Extensions.Options;

namespace Chat.Hub.Integrations;

/// <summary>One request of an outgoing webhook.</summary>
internal sealed class WebhookPost : IDisposable
{
    private const int MostAnswerBytes = 64 * 1024;

    private readonly WebhookOptions options;
    private readonly ChatClock time;
    private readonly TimeProvider clock;
    private readonly HttpClient http;

    public WebhookPost(IOptions<WebhookOptions> options, ChatClock time, TimeProvider clock)
    {
        (this.options, this.time, this.clock) = (options.Value, time, clock);
        http = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            ConnectCallback = Connect,
            PooledConnectionLifetime = TimeSpan.FromMinutes(1),
            // What an answer holds nobody reads; no more than this is read away to use the connection again.
            MaxResponseDrainSize = MostAnswerBytes,
            ResponseDrainTimeout = TimeSpan.FromSeconds(1),
        })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    /// <summary>Sends an event.</summary>
    public async Task<PostOutcome> Send(OutgoingWebhook webhook, WebhookLetter letter, CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(options.TimeoutSeconds), clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            using var request = RequestOf(webhook, letter);
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            return response.IsSuccessStatusCode ? PostOutcome.Done
                : response.StatusCode is HttpStatusCode.Gone ? new PostOutcome("It answered 410 Gone.", IsGone: true)
                : new PostOutcome($"It answered {(int)response.StatusCode}.");
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            return new PostOutcome($"It did not answer within {options.TimeoutSeconds} s.");
        }
        catch (HttpRequestException e)
        {
            return new PostOutcome(e.InnerException is PrivateAddressException forbidden ? forbidden.Message : $"It cannot be reached ({e.HttpRequestError}).");
        }
    }

    public void Dispose() => http.Dispose();

    /// <summary>What proves that a body comes from here, and when: <c>t=seconds,v1=HMAC-SHA256 of "t.body" in hex</c>.</summary>
    public static string Sign(string secret, long seconds, string body)
    {
        var signature = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{seconds}.{body}"));
        return string.Create(CultureInfo.InvariantCulture, $"t={seconds},v1={Convert.ToHexStringLower(signature)}");
    }

    private HttpRequestMessage RequestOf(OutgoingWebhook webhook, WebhookLetter letter)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, webhook.Url)
        {
            Content = new StringContent(letter.Body, Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("Chat-Signature", Sign(webhook.Secret, time.Now.ToUnixTimeSeconds(), letter.Body));
        request.Headers.Add("Chat-Event-Id", letter.Id.ToString());
        request.Headers.Add("Chat-Webhook-Id", webhook.Id.ToString());
        request.Headers.UserAgent.ParseAdd("Chat-Webhook/1");
        return request;
    }

    // Looked at here, where the name has become the address that is connected to: a name that leads elsewhere the second
    // time it is asked leads nowhere.
    private async ValueTask<Stream> Connect(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var found = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, cancellation);
        var allowed = options.AllowPrivateAddresses ? found : [.. found.Where(PublicAddress.Is)];
        if (allowed.Length is 0) throw new PrivateAddressException();
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, context.DnsEndPoint.Port, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private sealed class PrivateAddressException() : IOException("It is an address of a private network, which this server does not ask.");
}

/// <summary>How a request went.</summary>
/// <param name="Error">What went wrong, for people; null for nothing.</param>
/// <param name="IsGone">Whether the other side wants no more.</param>
internal sealed record PostOutcome(string? Error, bool IsGone = false)
{
    public static PostOutcome Done { get; } = new((string?)null);
}
