using System.Collections.Concurrent;
using System.Diagnostics;

namespace Chat.Bench.Load.Clients;

/// <summary>
/// Thousands of clients in one thread: sockets are heard through epoll, frames are read in place, nothing is allocated for
/// what comes. The first thing that is wrong ends it, and everybody who waits for it is told.
/// </summary>
internal sealed class Swarm : IDisposable
{
    private const int Milliseconds = 1;
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan KeepAliveTick = TimeSpan.FromMilliseconds(100);

    private readonly Epoll epoll = new();
    private readonly byte[] buffer = GC.AllocateUninitializedArray<byte>(1 << 20, pinned: true);
    private readonly SwarmClient?[] byHandle = new SwarmClient?[1 << 16];
    private readonly List<SwarmClient> clients = [];
    private readonly ConcurrentQueue<Action> orders = new();
    private readonly TaskCompletionSource failed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Thread thread;
    private readonly Sabotage sabotage;
    private volatile bool isEnding;
    private Talks.Talk? talk;
    private Arrival? arrival;
    private long nextKeepAlive;
    private int keepAliveAt;
    private int made;

    /// <param name="sabotage">Spoils one delivery on purpose: then the run must fail.</param>
    public Swarm(Sabotage sabotage = Sabotage.None)
    {
        this.sabotage = sabotage;
        thread = new Thread(Run) { Name = "swarm", IsBackground = true };
        thread.Start();
    }

    /// <summary>Deliveries that were heard, and found right.</summary>
    public long Delivered { get; private set; }

    /// <summary>Connects all, some at a time, and answers when the last is in.</summary>
    public async Task<IReadOnlyList<SwarmClient>> ConnectAsync(IReadOnlyList<Seat> seats, int atOnce, CancellationToken cancellation)
    {
        var coming = new Arrival(this, seats, atOnce);
        Order(() =>
        {
            arrival = coming;
            coming.GoOn();
        });
        await Unless(coming.Done.WaitAsync(TimeSpan.FromMinutes(5), cancellation));
        return coming.Clients;
    }

    public Task DisconnectAsync(IReadOnlyList<SwarmClient> some) => DoAsync(() =>
    {
        foreach (var client in some) Drop(client);
    });

    /// <summary>Lets them talk, and answers when all is delivered.</summary>
    public async Task<Talks.Talked> TalkAsync(Talks.Talk next, CancellationToken cancellation)
    {
        Order(() =>
        {
            talk = next;
            next.Begin(this);
        });
        await Unless(next.Done.WaitAsync(cancellation));
        return await next.Done;
    }

    /// <summary>Does something in the swarm's thread.</summary>
    public Task DoAsync(Action order)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Order(() =>
        {
            order();
            done.SetResult();
        });
        return Unless(done.Task);
    }

    /// <summary>No longer reads what a client is told.</summary>
    public Task StallAsync(SwarmClient client) => DoAsync(() =>
    {
        client.IsStalled = true;
        epoll.Ignore(client.Handle);
    });

    public void Dispose()
    {
        isEnding = true;
        thread.Join();
        foreach (var client in clients) client.Dispose();
        epoll.Dispose();
    }

    internal SwarmClient Add(Seat seat)
    {
        var client = new SwarmClient(this, seat, made++);
        clients.Add(client);
        client.Open();
        byHandle[client.Handle] = client;
        epoll.Hear(client.Handle);
        return client;
    }

    internal void Arrived(SwarmClient client)
    {
        if (client.Seat.IsPassing) Drop(client);
        else arrival?.Arrived(client);
    }

    internal void Answered(SwarmClient client)
    {
        if (client.Speaker is { } speaker) talk?.Answered(speaker);
    }

    internal void Hear(SwarmClient client, int sender, int number)
    {
        if (client.Seat.IsPassing) return;
        if (sabotage is not Sabotage.None && Delivered == Talks.Talk.SpoiledDelivery && Spoil(client, sender, number)) return;
        client.Hear(sender, number);
        Delivered++;
        talk?.Heard(client, sender, number);
    }

    private bool Spoil(SwarmClient client, int sender, int number)
    {
        // As if the server had told it twice, or not at all.
        if (sabotage is Sabotage.Double) client.Hear(sender, number);
        Delivered++;
        return sabotage is Sabotage.Drop;
    }

    private void Order(Action order) => orders.Enqueue(order);

    private async Task Unless(Task task)
    {
        await await Task.WhenAny(task, failed.Task);
        // What is wrong counts also where the work was done at the same time.
        if (failed.Task.IsFaulted) await failed.Task;
    }

    private void Run()
    {
        try
        {
            Span<int> ready = new int[1_024];
            while (!isEnding)
            {
                while (orders.TryDequeue(out var order)) order();
                talk?.Tick(Stopwatch.GetTimestamp());
                var count = epoll.Wait(ready, Milliseconds);
                foreach (var handle in ready[..count])
                {
                    if (byHandle[handle] is { } client && !client.Read(buffer)) End(client);
                }
                SpeakUp();
            }
        }
        catch (Exception e)
        {
            failed.TrySetException(e);
            // Nobody may be waiting just now: the next who does is told.
            _ = failed.Task.Exception;
        }
    }

    private void End(SwarmClient client)
    {
        if (!client.IsStalled) throw new LoadException($"Connection {client.Number} was ended by the server.");
        Drop(client);
    }

    private void Drop(SwarmClient client)
    {
        if (!clients.Remove(client)) return;
        byHandle[client.Handle] = null;
        // Closing it takes it out of epoll too.
        client.Dispose();
    }

    // All of them within the interval, some at each tick, so that they do not come as a wave.
    private void SpeakUp()
    {
        var now = Stopwatch.GetTimestamp();
        if (now < nextKeepAlive) return;
        nextKeepAlive = now + (long)(KeepAliveTick.TotalSeconds * Stopwatch.Frequency);
        var many = Math.Min(clients.Count, (int)Math.Ceiling(clients.Count * (KeepAliveTick / KeepAlive)));
        for (var i = 0; i < many; i++)
        {
            if (++keepAliveAt >= clients.Count) keepAliveAt = 0;
            clients[keepAliveAt].KeepAlive();
        }
    }
}
