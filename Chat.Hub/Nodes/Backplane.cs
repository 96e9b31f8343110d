using Chat.Contracts;
using Chat.Hub.Delivery;
using Chat.Hub.Storage;
using Microsoft.Extensions.Options;

namespace Chat.Hub.Nodes;

/// <summary>
/// What nodes tell each other, through Redis and only as a hint: nobody waits for it, and what is lost here is found in
/// the store. Without Redis it does nothing; with Redis away it leaves the others out until it is back.
/// </summary>
internal sealed partial class Backplane(
    NodeIdentity self, Audience audience, IRoomStore store, IOptions<BackplaneOptions> options, TimeProvider clock, ILoggerFactory loggers, ILogger<Backplane> logger)
    : BackgroundService
{
    /// <summary>How often a node says that it lives.</summary>
    public static readonly TimeSpan BeatInterval = TimeSpan.FromMilliseconds(500);

    // A beat that did not come back: the store is asked more often from then on.
    private static readonly TimeSpan EchoWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan SilentAfter = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan DeadAfter = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ListenWait = TimeSpan.FromSeconds(1);

    private readonly RoomChannels channels = new();
    private BackplaneLink? link;
    private long echoed;
    private bool isSaidHealthy;

    /// <summary>Takes what the other nodes say, and this node's own beats. Must not wait.</summary>
    public Action<Envelope> Heard { get; set; } = _ => { };

    /// <summary>Whether there is a Redis to use.</summary>
    public bool IsConfigured => !string.IsNullOrEmpty(options.Value.Connection);

    /// <summary>Whether what this node says comes back to it, now.</summary>
    public bool IsHealthy => Volatile.Read(ref link) is not null && Silence < EchoWait;

    private TimeSpan Silence => clock.GetElapsedTime(Volatile.Read(ref echoed));

    /// <summary>Tells the other nodes what this node's log wrote.</summary>
    public void Tell(IReadOnlyList<RoomRecord> records)
    {
        if (Volatile.Read(ref link) is null) return;
        SayIn(records[0].RoomId, RecordsTold.Of(records));
        foreach (var record in records)
        {
            if (record is Member { State: MemberState.Active } member) Say(new MemberCame(member));
        }
    }

    /// <summary>To all other nodes.</summary>
    public void Say(NodeMessage message) => Send(link => link.Say(new Envelope(self.Id, message)));

    /// <summary>To the other nodes that listen to the room.</summary>
    public void SayIn(Guid roomId, NodeMessage message) => Send(link => link.SayIn(roomId, new Envelope(self.Id, message)));

    /// <summary>Says that this node lives; it comes back to this node too.</summary>
    public void Say(Beat beat) => Send(link => link.SayToAll(new Envelope(self.Id, beat)));

    /// <summary>
    /// Done when this node hears the rooms, or after a second: who comes with thousands of others does not wait for all their
    /// rooms, and what is said meanwhile is found in the store.
    /// </summary>
    public async Task Listen(IEnumerable<Guid> roomIds)
    {
        if (Volatile.Read(ref link) is not { } open || !IsHealthy) return;
        var opening = Task.WhenAll(roomIds.Select(roomId => Open(open, roomId)));
        if (opening.IsCompleted) return;
        using var enough = new CancellationTokenSource();
        if (await Task.WhenAny(opening, Task.Delay(ListenWait, clock, enough.Token)) == opening) await enough.CancelAsync();
        else LogLate();
    }

    /// <summary>Notes that a beat of this node came back.</summary>
    public void Echo()
    {
        Volatile.Write(ref echoed, clock.GetTimestamp());
        if (isSaidHealthy) return;
        isSaidHealthy = true;
        LogHealthy();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!IsConfigured) return;
        try
        {
            while (true)
            {
                try
                {
                    await Live(stoppingToken);
                }
                catch (Exception e) when (e is not OperationCanceledException)
                {
                    LogAway(e);
                }
                isSaidHealthy = false;
                await Task.Delay(RetryAfter, clock, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The node stops.
        }
    }

    private async Task Live(CancellationToken stopping)
    {
        var open = await BackplaneLink.Open(options.Value, store.Epoch, self, envelope => Heard(envelope), loggers);
        try
        {
            channels.Clear();
            Volatile.Write(ref echoed, clock.GetTimestamp());
            // First to be seen, then to hear: whoever begins to listen meanwhile does it on this link.
            Volatile.Write(ref link, open);
            foreach (var rooms in audience.Rooms.Select(room => room.RoomId).Chunk(500))
                await Task.WhenAll(rooms.Select(roomId => channels.Open(open, roomId)));
            await Keep(open, stopping);
        }
        finally
        {
            Volatile.Write(ref link, null);
            // Beside: it says goodbye to a Redis that may not answer.
            _ = Task.Run(open.Dispose, CancellationToken.None).ContinueWith(
                task => LogNotClosed(task.Exception!), CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        }
    }

    private async Task Keep(BackplaneLink open, CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(BeatInterval, clock);
        var sweep = 0;
        while (await timer.WaitForNextTickAsync(stopping))
        {
            if (Silence > SilentAfter && isSaidHealthy)
            {
                isSaidHealthy = false;
                LogSilent(Silence);
            }
            if (Silence > DeadAfter) return;
            if (++sweep % 60 is 0 && IsHealthy) await channels.Sweep(open, audience);
        }
    }

    private void Send(Func<BackplaneLink, Task> send)
    {
        // Not awaited: one after the other, in order, but nobody waits for Redis.
        if (Volatile.Read(ref link) is not { } open) return;
        _ = Sent(open, send);
    }

    private async Task Sent(BackplaneLink open, Func<BackplaneLink, Task> send)
    {
        try
        {
            await send(open);
        }
        catch (Exception e)
        {
            // A hint that did not go out; the store has what matters, and the beats tell whether Redis is there.
            LogNotSent(e);
        }
    }

    [LoggerMessage(60, LogLevel.Information, "Redis carries messages between the nodes.")]
    private partial void LogHealthy();

    [LoggerMessage(61, LogLevel.Warning, "Redis is away; the nodes hear of each other through the store until it is back.")]
    private partial void LogAway(Exception exception);

    [LoggerMessage(62, LogLevel.Warning, "Redis has been silent for {Silence}; the nodes hear of each other through the store until it answers.")]
    private partial void LogSilent(TimeSpan silence);

    [LoggerMessage(63, LogLevel.Debug, "Something was not told to the other nodes.")]
    private partial void LogNotSent(Exception exception);

    private async Task Open(BackplaneLink link, Guid roomId)
    {
        try
        {
            await channels.Open(link, roomId);
        }
        catch (Exception e)
        {
            LogNotHeard(e, roomId);
        }
    }

    [LoggerMessage(66, LogLevel.Debug, "Rooms of somebody who came are not heard through Redis yet.")]
    private partial void LogLate();

    [LoggerMessage(64, LogLevel.Warning, "Room {RoomId} could not be heard through Redis.")]
    private partial void LogNotHeard(Exception exception, Guid roomId);

    [LoggerMessage(65, LogLevel.Debug, "A connection to Redis could not be closed.")]
    private partial void LogNotClosed(Exception exception);
}
