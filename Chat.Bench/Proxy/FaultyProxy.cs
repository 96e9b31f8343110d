using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Chat.Bench.Proxy;

/// <summary>Stands before a node on the loopback address, and does to its connections what networks do.</summary>
internal sealed class FaultyProxy : IAsyncDisposable
{
    // Below those that the system gives to whoever connects: nobody may get the proxy's own while it refuses.
    private const int LowestPort = 20_000;
    private const int HighestPort = 32_000;

    private readonly Uri target;
    private readonly Random random;
    private readonly Random seeds;
    private readonly Weather usual;
    private readonly IPEndPoint door;
    private readonly Lock gate = new();
    private readonly HashSet<Tunnel> tunnels = [];
    private readonly ConcurrentBag<Socket> swallowed = [];
    private readonly List<Task> lasting = [];
    private TcpListener? listener;
    private CancellationTokenSource calming = new();
    private int swallowing;

    /// <param name="target">The node.</param>
    /// <param name="random">Which connections are met.</param>
    /// <param name="usual">How it goes with every connection from its beginning; null for calm.</param>
    public FaultyProxy(Uri target, Random random, Weather? usual = null)
    {
        (this.target, this.random, this.usual, seeds) = (target, random, usual ?? Weather.Calm, new Random(random.Next()));
        door = new IPEndPoint(IPAddress.Loopback, 0);
        while (!IsBound()) door.Port = Random.Shared.Next(LowestPort, HighestPort);
    }

    /// <summary>Where clients go.</summary>
    public Uri Address => new($"http://127.0.0.1:{door.Port}");

    /// <summary>Lets something happen, and does not wait until it is over.</summary>
    /// <returns>How many connections it met.</returns>
    public int Inflict(Trouble trouble)
    {
        var met = trouble.Kind is TroubleKind.Refuse ? [] : Some(trouble.Share);
        switch (trouble.Kind)
        {
            case TroubleKind.Cut: Each(met, tunnel => tunnel.Cut()); break;
            case TroubleKind.Reset: Each(met, tunnel => tunnel.Reset()); break;
            case TroubleKind.ClientGone: Each(met, tunnel => tunnel.LoseClient()); break;
            case TroubleKind.ServerGone: Each(met, tunnel => tunnel.LoseServer()); break;
            case TroubleKind.ResetInFrame: Each(met, tunnel => (random.Next(2) is 0 ? tunnel.ToServer : tunnel.ToClient).Set(new Weather { Breaks = true })); break;
            case TroubleKind.BlackHole:
                Each(met, tunnel => tunnel.Bury());
                Interlocked.Increment(ref swallowing);
                Last(trouble.Lasting, () => Interlocked.Decrement(ref swallowing));
                break;
            case TroubleKind.Refuse:
                Deafen();
                Last(trouble.Lasting, Listen);
                break;
            default: Change(trouble, met); break;
        }
        return met.Count;
    }

    /// <summary>All that passes is over at once; what is dead stays dead.</summary>
    public async Task CalmAsync()
    {
        await calming.CancelAsync();
        Task[] ending;
        lock (gate) ending = [.. lasting];
        await Task.WhenAll(ending);
        lock (gate) lasting.Clear();
        calming.Dispose();
        calming = new();
    }

    public async ValueTask DisposeAsync()
    {
        await CalmAsync();
        Deafen();
        lock (gate)
        {
            foreach (var tunnel in tunnels) tunnel.Dispose();
        }
        foreach (var socket in swallowed) socket.Dispose();
        calming.Dispose();
    }

    private void Change(Trouble trouble, List<Tunnel> met)
    {
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var weather = trouble.Kind switch
        {
            TroubleKind.Delay => new Weather { Latency = trouble.Latency },
            TroubleKind.Trickle => new Weather { Latency = trouble.Latency / 10, Piece = 40 },
            _ => new Weather { Held = release.Task },
        };
        var lanes = met.SelectMany(tunnel => trouble.Kind switch
        {
            TroubleKind.StallToServer => [tunnel.ToServer],
            TroubleKind.StallToClient => [tunnel.ToClient],
            _ => new[] { tunnel.ToServer, tunnel.ToClient },
        }).ToList();
        foreach (var lane in lanes) lane.Set(weather);
        Last(trouble.Lasting, () =>
        {
            foreach (var lane in lanes) lane.Clear(weather);
            release.SetResult();
        });
    }

    private void Last(TimeSpan time, Action end)
    {
        lock (gate) lasting.Add(EndAsync(time, end, calming.Token));
    }

    private static async Task EndAsync(TimeSpan time, Action end, CancellationToken calm)
    {
        await Task.Delay(time, calm).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        end();
    }

    private static void Each(List<Tunnel> met, Action<Tunnel> act) => met.ForEach(act);

    /// <summary>Some of those over which somebody talks, and at least one.</summary>
    private List<Tunnel> Some(double share)
    {
        lock (gate)
        {
            var used = tunnels.Where(tunnel => tunnel.IsInUse).ToArray();
            random.Shuffle(used);
            return [.. used.Take(Math.Max(1, (int)(used.Length * share)))];
        }
    }

    private void Deafen()
    {
        lock (gate)
        {
            listener?.Dispose();
            listener = null;
        }
    }

    private void Listen()
    {
        lock (gate)
        {
            if (listener is not null) return;
            var opened = new TcpListener(door);
            opened.Start();
            listener = opened;
            _ = AcceptAsync(opened);
        }
    }

    private bool IsBound()
    {
        if (door.Port is 0) return false;
        try
        {
            Listen();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private async Task AcceptAsync(TcpListener at)
    {
        try
        {
            while (true) _ = ServeAsync(await at.AcceptSocketAsync());
        }
        catch (Exception e) when (e is ObjectDisposedException or SocketException)
        {
            // Deaf for now, or for good.
        }
    }

    private async Task ServeAsync(Socket client)
    {
        if (Volatile.Read(ref swallowing) > 0)
        {
            // Never read and never answered; what it says fits into the socket.
            swallowed.Add(client);
            return;
        }
        var server = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await server.ConnectAsync(target.Host, target.Port);
        }
        catch (SocketException)
        {
            client.Dispose();
            server.Dispose();
            return;
        }
        using var tunnel = Open(client, server);
        await tunnel.RunAsync();
        lock (gate) tunnels.Remove(tunnel);
    }

    private Tunnel Open(Socket client, Socket server)
    {
        lock (gate)
        {
            var tunnel = new Tunnel(client, server, seeds);
            tunnel.ToServer.Set(usual);
            tunnel.ToClient.Set(usual);
            tunnels.Add(tunnel);
            return tunnel;
        }
    }
}
