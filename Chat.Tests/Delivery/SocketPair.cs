using System.Net;
using System.Net.Sockets;

namespace Chat.Tests.Delivery;

/// <summary>A connection over the loopback address, with both its ends.</summary>
internal sealed class SocketPair : IDisposable
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    private SocketPair(Socket client, Socket server) => (Client, Server) = (client, server);

    public Socket Client { get; }

    /// <summary>Does not block.</summary>
    public Socket Server { get; }

    public static async Task<SocketPair> Connect()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var client = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await client.ConnectAsync((IPEndPoint)listener.LocalEndpoint);
        var server = await listener.AcceptSocketAsync();
        server.Blocking = false;
        return new SocketPair(client, server);
    }

    /// <summary>So many bytes, as the client gets them.</summary>
    public async Task<byte[]> Read(int length)
    {
        var bytes = new byte[length];
        for (var at = 0; at < length;) at += await Client.ReceiveAsync(bytes.AsMemory(at)).AsTask().WaitAsync(Soon) is var read and > 0 ? read : throw new EndOfStreamException();
        return bytes;
    }

    public void Dispose()
    {
        Client.Dispose();
        Server.Dispose();
    }
}
