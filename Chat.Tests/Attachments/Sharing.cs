using System.Net.Http.Headers;
using System.Net.Http.Json;
using Chat.Contracts;
using Chat.Contracts.Wire;
using Chat.Tests.Running;

namespace Chat.Tests.Attachments;

/// <summary>Somebody who shares files over plain HTTP.</summary>
internal sealed class Sharing : IDisposable
{
    private readonly HttpClient http;

    public Sharing(Uri server, SignedIn signedIn, HttpMessageHandler? handler = null)
    {
        (SignedIn, http) = (signedIn, new HttpClient(handler ?? new HttpClientHandler()) { BaseAddress = server });
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", signedIn.AccessToken);
    }

    public SignedIn SignedIn { get; }

    public static async Task<Sharing> Enter(ChatServer server, string name = "Ann")
    {
        await using var guest = await server.Enter(name);
        return new Sharing(server.Address, guest.SignedIn);
    }

    public async Task<Reply<Attachment>> Try(Guid roomId, HttpContent content, string name = "file")
    {
        using var answer = await http.PostAsync($"{ChatPaths.RoomAttachments.Replace("{roomId}", $"{roomId}")}?name={Uri.EscapeDataString(name)}", content);
        return (await answer.Content.ReadFromJsonAsync<Reply<Attachment>>(ChatJson.Options))!;
    }

    public Task<Reply<Attachment>> Try(Guid roomId, byte[] bytes, string name = "file") => Try(roomId, new ByteArrayContent(bytes), name);

    public Task<Attachment> Upload(Guid roomId, byte[] bytes, string name = "file") => Upload(roomId, new ByteArrayContent(bytes), name);

    public async Task<Attachment> Upload(Guid roomId, HttpContent content, string name = "file")
    {
        var reply = await Try(roomId, content, name);
        return reply.Result ?? throw new InvalidOperationException($"{reply.Error}");
    }

    public Task<HttpResponseMessage> Get(Guid attachmentId, params (string Name, string Value)[] headers) => Ask(HttpMethod.Get, ChatPaths.Attachment, attachmentId, headers);

    public Task<HttpResponseMessage> Head(Guid attachmentId) => Ask(HttpMethod.Head, ChatPaths.Attachment, attachmentId, []);

    public Task<HttpResponseMessage> Thumbnail(Guid attachmentId, params (string Name, string Value)[] headers) => Ask(HttpMethod.Get, ChatPaths.Thumbnail, attachmentId, headers);

    public void Dispose() => http.Dispose();

    private Task<HttpResponseMessage> Ask(HttpMethod method, string path, Guid attachmentId, (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(method, path.Replace("{attachmentId}", $"{attachmentId}"));
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        return http.SendAsync(request);
    }
}
