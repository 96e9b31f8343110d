using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Chat.Client.Connecting;
using Chat.Contracts;
using Chat.Contracts.Wire;
using Microsoft.AspNetCore.Http.Connections.Client;

namespace Chat.Client.Files;

/// <summary>Files over HTTP, beside the hub: the same server, the same token, the same way through proxies.</summary>
internal sealed class FileTransfer(ChatClientOptions options) : IDisposable
{
    private readonly Lazy<HttpClient> http = new(() => Make(options));

    public async Task<Attachment> UploadAsync(Guid roomId, Stream content, string name, IProgress<long>? progress, CancellationToken ct)
    {
        var path = ChatPaths.RoomAttachments.Replace("{roomId}", $"{roomId}", StringComparison.Ordinal);
        using var request = await AskAsync(HttpMethod.Post, options.Server.Below(path).With("name", Uri.EscapeDataString(name)), ct).ConfigureAwait(false);
        using var patience = new Patience(options, ct);
        request.Content = new CountedContent(content, patience, progress, ct);
        using var response = await SendAsync(request, patience).ConfigureAwait(false);
        return (await patience.WaitAsync(token => ReplyAsync<Attachment>(response, token)).ConfigureAwait(false)).OrThrow();
    }

    public async Task<Stream> DownloadAsync(Guid attachmentId, bool thumbnail, CancellationToken ct)
    {
        var path = (thumbnail ? ChatPaths.Thumbnail : ChatPaths.Attachment).Replace("{attachmentId}", $"{attachmentId}", StringComparison.Ordinal);
        using var request = await AskAsync(HttpMethod.Get, options.Server.Below(path), ct).ConfigureAwait(false);
        using var patience = new Patience(options, ct);
        var response = await SendAsync(request, patience).ConfigureAwait(false);
        if (response.IsSuccessStatusCode) return new PatientStream(await response.Content.ReadAsStreamAsync(ct).ConfigureAwait(false), options);
        using (response) throw Refused(response, await patience.WaitAsync(token => ReplyAsync<Attachment>(response, token)).ConfigureAwait(false));
    }

    public void Dispose()
    {
        if (http.IsValueCreated) http.Value.Dispose();
    }

    private Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, Patience patience) =>
        patience.WaitAsync(token => http.Value.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, token));

    private async Task<HttpRequestMessage> AskAsync(HttpMethod method, Uri address, CancellationToken ct)
    {
        var request = new HttpRequestMessage(method, address);
        if (await options.TokenAsync(ct).ConfigureAwait(false) is { } token) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return request;
    }

    private static async Task<Reply<T>> ReplyAsync<T>(HttpResponseMessage response, CancellationToken ct) where T : class
    {
        try
        {
            return await response.Content.ReadFromJsonAsync(ChatJson.TypeInfo<Reply<T>>(), ct).ConfigureAwait(false) ?? new();
        }
        catch (JsonException e)
        {
            throw ChatSignIn.Unspoken(response, e);
        }
    }

    private static ChatException Refused(HttpResponseMessage response, Reply<Attachment> reply) =>
        reply.Error is { } error ? new ChatException(error) : new ChatException(ErrorCode.Internal, $"The server answered {(int)response.StatusCode}.");

    // What was said of proxies, certificates and headers for the hub holds here too. A large file may take as long as it takes.
    private static HttpClient Make(ChatClientOptions options)
    {
        var hub = new HttpConnectionOptions();
        options.ConfigureHttp?.Invoke(hub);
        var own = new HttpClientHandler();
        if (hub.Proxy is { } proxy) own.Proxy = proxy;
        if (hub.Credentials is { } credentials) own.Credentials = credentials;
        if (hub.ClientCertificates is { Count: > 0 } certificates) own.ClientCertificates.AddRange(certificates);
        var http = new HttpClient(hub.HttpMessageHandlerFactory?.Invoke(own) ?? own) { Timeout = Timeout.InfiniteTimeSpan };
        foreach (var (name, value) in hub.Headers) http.DefaultRequestHeaders.TryAddWithoutValidation(name, value);
        return http;
    }
}
