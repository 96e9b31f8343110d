using System.Buffers;
using System.Net.Security;
using System.Net.WebSockets;
using System.Text;
using Chat.Client;
using Chat.Contracts;
using MessagePack;

namespace Chat.Bench.Costs;

/// <summary>A client that counts what it is told and reads none of it, so that the load side is no bottleneck.</summary>
internal sealed class RawConnection : IAsyncDisposable
{
    private static readonly Mark Message = new("MessageChanged"u8.ToArray());
    private static readonly Mark Welcome = new("serverTime"u8.ToArray());
    private static readonly Mark Done = new("\"type\":3,"u8.ToArray());
    private static readonly Mark Refusal = new("\"error\":{"u8.ToArray());

    private readonly ClientWebSocket socket = new();
    private readonly TaskCompletionSource welcomed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SemaphoreSlim writing = new(1, 1);
    private readonly ChatProtocol protocol;
    private readonly Tally delivered;
    private readonly Tally bytes;
    private Task reading = Task.CompletedTask;

    private RawConnection(ChatProtocol protocol, Tally delivered, Tally bytes) =>
        (this.protocol, this.delivered, this.bytes) = (protocol, delivered, bytes);

    /// <summary>Calls that were answered. JSON only.</summary>
    public Tally Answered { get; } = new();

    /// <summary>Opens a WebSocket, says Connect and waits for the answer.</summary>
    public static async Task<RawConnection> OpenAsync(
        Uri server, string token, ChatProtocol protocol, RemoteCertificateValidationCallback trusts, Tally delivered, Tally bytes, CancellationToken cancellation)
    {
        var connection = new RawConnection(protocol, delivered, bytes);
        connection.socket.Options.RemoteCertificateValidationCallback = trusts;
        var scheme = server.Scheme is "https" ? "wss" : "ws";
        await connection.socket.ConnectAsync(
            new UriBuilder(new Uri(server, ChatPaths.Hub)) { Scheme = scheme, Query = $"access_token={token}" }.Uri, cancellation);
        connection.reading = connection.ReadAsync();
        await connection.SendAsync($$"""{"protocol":"{{(protocol is ChatProtocol.Json ? "json" : "messagepack")}}","version":1}""", cancellation);
        await connection.CallAsync("Connect", """{"contractVersion":1}""", cancellation);
        await connection.welcomed.Task.WaitAsync(TimeSpan.FromMinutes(2), cancellation);
        return connection;
    }

    /// <summary>Calls a method; the answer is counted, not read.</summary>
    public Task CallAsync(string method, string argument, CancellationToken cancellation) => protocol is ChatProtocol.Json
        ? SendAsync($$"""{"type":1,"invocationId":"1","target":"{{method}}","arguments":[{{argument}}]}""", cancellation)
        : SendAsync(Framed(Invocation(method, argument)), cancellation);

    /// <summary>Says that it is there, as clients do every 10 s.</summary>
    public Task KeepAliveAsync(CancellationToken cancellation) =>
        protocol is ChatProtocol.Json ? SendAsync("""{"type":6}""", cancellation) : SendAsync(Framed([0x91, 6]), cancellation);

    public async ValueTask DisposeAsync()
    {
        socket.Abort();
        await reading;
        socket.Dispose();
        writing.Dispose();
    }

    private Task SendAsync(string json, CancellationToken cancellation) => SendAsync(Encoding.UTF8.GetBytes(json + "\u001e"), cancellation);

    private async Task SendAsync(byte[] frame, CancellationToken cancellation)
    {
        await writing.WaitAsync(cancellation);
        try
        {
            await socket.SendAsync(frame, WebSocketMessageType.Binary, true, cancellation);
        }
        finally
        {
            writing.Release();
        }
    }

    private async Task ReadAsync()
    {
        var buffer = new byte[Mark.Longest + 8 * 1024];
        var kept = 0;
        try
        {
            while (await socket.ReceiveAsync(buffer.AsMemory(kept), CancellationToken.None) is { MessageType: not WebSocketMessageType.Close } part)
            {
                // A WebSocket's header from a server is 2 bytes, 4 for a longer frame.
                bytes.Add(part.Count + (part.EndOfMessage ? part.Count < 126 ? 2 : 4 : 0));
                Count(buffer.AsSpan(0, kept + part.Count), part.Count);
                var keep = Math.Min(Mark.Longest, kept + part.Count);
                buffer.AsSpan(kept + part.Count - keep, keep).CopyTo(buffer);
                kept = keep;
            }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            // It was closed, or the server went.
        }
        welcomed.TrySetException(new InvalidOperationException("The connection ended before it was welcomed."));
    }

    private void Count(ReadOnlySpan<byte> window, int fresh)
    {
        delivered.Add(Message.CountIn(window, fresh));
        if (protocol is ChatProtocol.Json) Answered.Add(Done.CountIn(window, fresh));
        if (Refusal.CountIn(window, fresh) > 0) throw new InvalidOperationException($"Refused: {Encoding.UTF8.GetString(window)}");
        if (!welcomed.Task.IsCompleted && Welcome.CountIn(window, fresh) > 0) welcomed.TrySetResult();
    }

    private static byte[] Invocation(string method, string argument)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(buffer);
        writer.WriteArrayHeader(6);
        writer.Write(1);
        writer.WriteMapHeader(0);
        writer.Write("1");
        writer.Write(method);
        writer.WriteArrayHeader(1);
        writer.WriteRaw(MessagePackSerializer.ConvertFromJson(argument));
        writer.WriteArrayHeader(0);
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    // The length before it in seven bits a byte; what is sent here is shorter than 16 KB.
    private static byte[] Framed(byte[] body) =>
        body.Length < 128 ? [(byte)body.Length, .. body] : [(byte)(body.Length & 0x7f | 0x80), (byte)(body.Length >> 7), .. body];
}
