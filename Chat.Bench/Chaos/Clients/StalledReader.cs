using System.Net.Sockets;
using System.Text;
using Chat.Contracts;

namespace Chat.Bench.Chaos.Clients;

/// <summary>A WebSocket by hand that says its first words and then never reads: every library reads on its own.</summary>
internal sealed class StalledReader : IDisposable
{
    private readonly Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4096 };

    private StalledReader()
    {
    }

    /// <summary>Connects to a node, and stalls.</summary>
    /// <exception cref="InvalidOperationException">The node does not take it.</exception>
    public static async Task<StalledReader> EnterAsync(Uri node, SignedIn signedIn, CancellationToken cancellation = default)
    {
        var reader = new StalledReader();
        var socket = reader.socket;
        await socket.ConnectAsync(node.Host, node.Port, cancellation);
        await socket.SendAsync(Encoding.ASCII.GetBytes(
            $"GET {ChatPaths.Hub}?access_token={signedIn.AccessToken} HTTP/1.1\r\nHost: {node.Authority}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n" +
            "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"), cancellation);
        var answer = new byte[4096];
        var length = await socket.ReceiveAsync(answer, cancellation);
        if (!Encoding.ASCII.GetString(answer, 0, length).StartsWith("HTTP/1.1 101", StringComparison.Ordinal))
            throw new InvalidOperationException($"No WebSocket: {Encoding.ASCII.GetString(answer, 0, length)}");
        await socket.SendAsync(Frame("{\"protocol\":\"json\",\"version\":1}\u001e"), cancellation);
        await socket.SendAsync(Frame("{\"type\":1,\"target\":\"Connect\",\"arguments\":[{\"contractVersion\":1}]}\u001e"), cancellation);
        return reader;
    }

    /// <summary>Whether the node has cut it off: only seen by writing, since it does not read.</summary>
    public async Task<bool> IsCutOffAsync(CancellationToken cancellation)
    {
        try
        {
            // A ping of SignalR: what a client that is only slow would say too.
            await socket.SendAsync(Frame("{\"type\":6}\u001e"), cancellation);
            return false;
        }
        catch (SocketException)
        {
            return true;
        }
    }

    public void Dispose() => socket.Dispose();

    // Text, final, shorter than 126 bytes; masked with zeros: RFC 6455, section 5.2.
    private static byte[] Frame(string text)
    {
        var body = Encoding.UTF8.GetBytes(text);
        return [0x81, (byte)(0x80 | body.Length), 0, 0, 0, 0, .. body];
    }
}
