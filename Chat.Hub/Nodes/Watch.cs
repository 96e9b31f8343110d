using Chat.Hub.Delivery;
using Chat.Hub.Operations;
using Chat.Hub.Storage;

namespace Chat.Hub.Nodes;

/// <summary>
/// Asks the store what other nodes did: every 5 s, for what was lost on its way, and twice a second while Redis is away.
/// </summary>
internal sealed partial class Watch(
    INews news, Announcer announcer, Reach reach, Backplane backplane, ChatClock time, TimeProvider clock, ILogger<Watch> logger) : BackgroundService
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(5);

    private string? mark;
    private long lookedAt;
    private bool wasHealthy;
    private volatile bool isAway;

    /// <summary>Whether the store was away when it was asked last: known also on a node that nobody writes to.</summary>
    public bool IsAway => isAway;

    // The first mark is taken before anybody is let in: nothing can happen unseen between the two.
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        if (news.IsShared) await Look(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!news.IsShared) return;
        using var timer = new PeriodicTimer(Tick, clock);
        try
        {
            do
            {
                if (IsDue()) await Look(stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The node stops.
        }
    }

    // Also at once when Redis came back: what was said just before is not said again.
    private bool IsDue()
    {
        var isHealthy = backplane.IsHealthy;
        var isDue = mark is null || !isHealthy || !wasHealthy || clock.GetElapsedTime(lookedAt) >= Calm;
        wasHealthy = isHealthy;
        return isDue;
    }

    private async Task Look(CancellationToken cancellation)
    {
        try
        {
            lookedAt = clock.GetTimestamp();
            var found = await news.Read(mark, cancellation);
            mark = found.Mark;
            time.Agree(found.Now, lookedAt);
            if (isAway) LogBack();
            isAway = false;
            foreach (var head in found.Rooms) announcer.Learn(head);
            foreach (var member in found.Members) await announcer.Learn(member);
            foreach (var order in found.Orders) reach.Hear(order);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // The mark stays: what happens meanwhile is told when the store is back.
            if (!isAway) LogAway(e);
            isAway = true;
        }
    }

    [LoggerMessage(73, LogLevel.Warning, "The store cannot be asked for what other nodes do; it is asked again until it answers.")]
    private partial void LogAway(Exception exception);

    [LoggerMessage(74, LogLevel.Information, "The store answers again.")]
    private partial void LogBack();
}
