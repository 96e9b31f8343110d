using System.Buffers;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Chat.Contracts;
using Chat.Tests.Running;
using MessagePack;

namespace Chat.Tests.Hostile;

/// <summary>A WebSocket without any client library: sends whatever bytes a test likes.</summary>
internal sealed class RawSocket : IAsyncDisposable
{
    private readonly ClientWebSocket socket = new();
    private readonly Wire wire;
    private readonly MemoryStream received = new();

    // Over all that one socket waits for: keep-alives would make each single wait short.
    private readonly CancellationTokenSource limit = new(TimeSpan.FromSeconds(25));

    private RawSocket(Wire wire) => this.wire = wire;

    public static async Task<RawSocket> Open(ChatServer server, Wire wire, string token)
    {
        var raw = new RawSocket(wire);
        var address = new UriBuilder(new Uri(server.Address, ChatPaths.Hub)) { Scheme = "ws", Query = $"access_token={token}" }.Uri;
        await raw.socket.ConnectAsync(address, default);
        await raw.SendText($$"""{"protocol":"{{(wire is Wire.Json ? "json" : "messagepack")}}","version":1}""" + "\u001e");
        (await raw.ReceiveFrame()).Should().BeEquivalentTo(Encoding.UTF8.GetBytes("{}\u001e"));
        return raw;
    }

    public Task SendText(string text) => SendBytes(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text);

    public Task SendBytes(byte[] bytes, WebSocketMessageType? type = null) =>
        socket.SendAsync(bytes, type ?? (wire is Wire.Json ? WebSocketMessageType.Text : WebSocketMessageType.Binary), true, default);

    /// <summary>Invokes with arguments given as JSON, in whichever protocol this is.</summary>
    public Task Invoke(string method, string argumentsJson, string? id = "1", int type = 1) => wire is Wire.Json
        ? SendText($$"""{"type":{{type}},{{(id is null ? "" : $"\"invocationId\":\"{id}\",")}}"target":{{JsonSerializer.Serialize(method)}},"arguments":{{argumentsJson}}}""" + "\u001e")
        : SendBytes(Framed(MessagePackInvocation(method, argumentsJson, id, type)));

    /// <summary>The answer to an invocation: what its error code is, or "ok", or the text of a bare error; null when the connection is closed.</summary>
    public async Task<string?> Answer(string id = "1")
    {
        while (await Receive() is { } message)
        {
            if (message is ["3", var answered, var outcome] && answered == id) return outcome;
        }
        return null;
    }

    /// <summary>Reads to the end; the code of the server's last word, or null when it gave none.</summary>
    public async Task<string?> ClosingCode()
    {
        string? code = null;
        while (await Receive() is { } message)
        {
            if (message is ["closing", var told]) code = told;
        }
        return code;
    }

    /// <summary>Waits for whatever comes: any message, or the end.</summary>
    public Task ClosingCodeOrAnswer() => Receive();

    public async ValueTask DisposeAsync()
    {
        socket.Abort();
        socket.Dispose();
        limit.Dispose();
        await received.DisposeAsync();
    }

    public static byte[] Framed(byte[] body)
    {
        var length = new List<byte>();
        for (var rest = (uint)body.Length; ;)
        {
            var part = (byte)(rest & 0x7f);
            rest >>= 7;
            length.Add(rest > 0 ? (byte)(part | 0x80) : part);
            if (rest is 0) break;
        }
        return [.. length, .. body];
    }

    private static byte[] MessagePackInvocation(string method, string argumentsJson, string? id, int type)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(buffer);
        writer.WriteArrayHeader(6);
        writer.Write(type);
        writer.WriteMapHeader(0);
        writer.Write(id);
        writer.Write(method);
        writer.WriteRaw(MessagePackSerializer.ConvertFromJson(argumentsJson));
        writer.WriteArrayHeader(0);
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>The next message as words: ["3", id, outcome], ["closing", code], or something else; null at the end.</summary>
    private async Task<string[]?> Receive()
    {
        while (true)
        {
            var frame = wire is Wire.Json ? TakeJson() : TakeMessagePack();
            if (frame is not null) return frame;
            if (await ReceiveFrame() is not { } bytes) return null;
            received.Position = received.Length;
            received.Write(bytes);
        }
    }

    private string[]? TakeJson()
    {
        var text = Encoding.UTF8.GetString(received.ToArray());
        var end = text.IndexOf('\u001e', StringComparison.Ordinal);
        if (end < 0) return null;
        Keep(Encoding.UTF8.GetBytes(text[(end + 1)..]));
        return Words(JsonDocument.Parse(text[..end]).RootElement);
    }

    private string[]? TakeMessagePack()
    {
        var bytes = received.ToArray();
        var (length, at) = (0, 0);
        for (var shift = 0; ; shift += 7)
        {
            if (at == bytes.Length) return null;
            length |= (bytes[at] & 0x7f) << shift;
            if ((bytes[at++] & 0x80) is 0) break;
        }
        if (bytes.Length < at + length) return null;
        Keep(bytes[(at + length)..]);
        var message = JsonDocument.Parse(MessagePackSerializer.ConvertToJson(bytes.AsMemory(at, length))).RootElement;
        return message[0].GetInt32() switch
        {
            1 when message[3].GetString() == nameof(IChatClient.Closing) => ["closing", message[4][0].GetProperty("code").GetString()!],
            3 when message[3].GetInt32() is 1 => ["3", message[2].GetString()!, message[4].GetString()!],
            3 => ["3", message[2].GetString()!, message[3].GetInt32() is 3 ? Outcome(message[4]) : "ok"],
            var type => [$"{type}"],
        };
    }

    private static string[] Words(JsonElement message) => message.GetProperty("type").GetInt32() switch
    {
        1 when message.GetProperty("target").GetString() == nameof(IChatClient.Closing) =>
            ["closing", message.GetProperty("arguments")[0].GetProperty("code").GetString()!],
        3 when message.TryGetProperty("error", out var error) => ["3", message.GetProperty("invocationId").GetString()!, error.GetString()!],
        3 => ["3", message.GetProperty("invocationId").GetString()!, message.TryGetProperty("result", out var result) ? Outcome(result) : "ok"],
        var type => [$"{type}"],
    };

    private static string Outcome(JsonElement reply) =>
        reply.TryGetProperty("error", out var error) && error.ValueKind is JsonValueKind.Object ? error.GetProperty("code").GetString()! : "ok";

    private void Keep(byte[] rest)
    {
        received.SetLength(0);
        received.Write(rest);
    }

    private async Task<byte[]?> ReceiveFrame()
    {
        var buffer = new byte[64 * 1024];
        try
        {
            var result = await socket.ReceiveAsync(buffer, limit.Token);
            return result.MessageType is WebSocketMessageType.Close ? null : buffer[..result.Count];
        }
        catch (WebSocketException)
        {
            return null;
        }
    }
}
