using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Chat.Tests.Client;

/// <summary>The way to a server, which the test takes away: connections that are open go dead, new ones meet whatever it says.</summary>
internal sealed class Relay : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentBag<Road> roads = [];
    private readonly Uri server;
    private readonly Task accepting;
    private int accepted;

    private Relay(Uri server)
    {
        this.server = server;
        listener.Start();
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");
        accepting = AcceptAsync();
    }

    public Uri Address { get; }

    public static Relay To(Uri server) => new(server);

    /// <summary>How many connections came.</summary>
    public int Accepted => Volatile.Read(ref accepted);

    /// <summary>What new connections are told instead of being led to the server; empty: they are closed at once.</summary>
    public string? Answer { get; set; }

    /// <summary>New connections are taken, and nothing ever comes of them.</summary>
    public bool IsBlackHole { get; set; }

    /// <summary>Nothing more goes over the connections that are open now, either way, and nobody is told.</summary>
    public void Deaden()
    {
        foreach (var road in roads) road.IsDead = true;
    }

    /// <summary>The connections that are open now break.</summary>
    public void Cut()
    {
        foreach (var road in roads) road.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        listener.Dispose();
        Cut();
        await accepting;
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await listener.AcceptTcpClientAsync();
                Interlocked.Increment(ref accepted);
                var road = new Road(client) { IsDead = IsBlackHole };
                roads.Add(road);
                _ = Answer is { } answer ? road.SayAsync(answer) : road.LeadAsync(server);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private sealed class Road(TcpClient client) : IDisposable
    {
        private readonly TcpClient far = new();

        public volatile bool IsDead;

        public async Task LeadAsync(Uri server)
        {
            try
            {
                await far.ConnectAsync(server.Host, server.Port);
                await Task.WhenAny(CopyAsync(client, far), CopyAsync(far, client));
                if (!IsDead) Dispose();
            }
            catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException)
            {
                Dispose();
            }
        }

        // Reads the whole head first: a connection that is closed with something unread is reset, and the answer lost.
        public async Task SayAsync(string answer)
        {
            using (this)
            {
                var heard = "";
                var bytes = new byte[4096];
                while (answer != "" && !heard.Contains("\r\n\r\n", StringComparison.Ordinal))
                {
                    if (await client.GetStream().ReadAsync(bytes) is not (> 0 and var read)) return;
                    heard += Encoding.ASCII.GetString(bytes, 0, read);
                }
                await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(answer));
            }
        }

        public void Dispose()
        {
            client.Dispose();
            far.Dispose();
        }

        private async Task CopyAsync(TcpClient from, TcpClient to)
        {
            var bytes = new byte[16 * 1024];
            try
            {
                while (await from.GetStream().ReadAsync(bytes) is > 0 and var read)
                    if (!IsDead) await to.GetStream().WriteAsync(bytes.AsMemory(0, read));
            }
            catch (Exception e) when (e is IOException or InvalidOperationException)
            {
                // One of the two went.
            }
        }
    }
}
