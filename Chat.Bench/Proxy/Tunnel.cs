using System.Net.Sockets;

namespace Chat.Bench.Proxy;

/// <summary>One connection through the proxy: the client's socket and the server's.</summary>
internal sealed class Tunnel : IDisposable
{
    private const long SilentMs = 3_000;
    private static readonly Weather Swallowing = new() { Swallows = true };

    private readonly Socket client;
    private readonly Socket server;
    private readonly CancellationTokenSource gone = new();
    private volatile bool isTold = true;

    public Tunnel(Socket client, Socket server, Random random)
    {
        (this.client, this.server) = (client, server);
        client.NoDelay = server.NoDelay = true;
        ToServer = new Lane(client, server, new Random(random.Next()), gone.Token);
        ToClient = new Lane(server, client, new Random(random.Next()), gone.Token);
    }

    public Lane ToServer { get; }

    public Lane ToClient { get; }

    /// <summary>Whether somebody talks over it: neither dead nor kept for a request that may come.</summary>
    public bool IsInUse => isTold && Math.Min(ToServer.SilentMs, ToClient.SilentMs) < SilentMs;

    /// <summary>Runs until both sides have ended, or one of them rudely.</summary>
    public async Task RunAsync()
    {
        await Task.WhenAll(RunAsync(ToServer, server), RunAsync(ToClient, client));
        Dispose();
    }

    /// <summary>Both sides are told in order; what they still say goes nowhere.</summary>
    public void Cut()
    {
        ToServer.Set(Swallowing);
        ToClient.Set(Swallowing);
        Shut(client);
        Shut(server);
    }

    /// <summary>Both sides are told rudely.</summary>
    public void Reset()
    {
        Abort(client);
        Abort(server);
        gone.Cancel();
    }

    /// <summary>Nothing gets through any more, and nobody is told of anything.</summary>
    public void Bury()
    {
        isTold = false;
        ToServer.Set(Swallowing);
        ToClient.Set(Swallowing);
    }

    /// <summary>The client's side ends; the server is not told.</summary>
    public void LoseClient()
    {
        Bury();
        Abort(client);
    }

    /// <summary>The server's side ends; the client is not told.</summary>
    public void LoseServer()
    {
        Bury();
        Abort(server);
    }

    public void Dispose()
    {
        gone.Cancel();
        client.Dispose();
        server.Dispose();
    }

    private async Task RunAsync(Lane lane, Socket to)
    {
        try
        {
            if (await lane.RunAsync()) Reset();
            else if (isTold) Shut(to);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // The end of one side is the end of both, unless that is what is kept from the other.
            if (isTold) Reset();
        }
    }

    private static void Shut(Socket socket)
    {
        try
        {
            socket.Shutdown(SocketShutdown.Send);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Ended already.
        }
    }

    // Closed without lingering, a socket tells the other side by RST.
    private static void Abort(Socket socket)
    {
        try
        {
            socket.LingerState = new LingerOption(true, 0);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Ended already.
        }
        socket.Dispose();
    }
}
