using System.Collections.Concurrent;
using Chat.Hub.Storage;

namespace Chat.Hub.Presence;

/// <summary>Writes down when people were here last; many together, because many leave together.</summary>
internal sealed partial class LastSeen(IPeopleStore store, TimeProvider clock, ILogger<LastSeen> logger) : BackgroundService
{
    private const int PerCommit = 500;
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(500);

    private readonly ConcurrentDictionary<Guid, DateTimeOffset> waiting = [];
    private bool isAway;

    /// <summary>Somebody was here.</summary>
    public void Note(Guid userId, DateTimeOffset at) => waiting.AddOrUpdate(userId, at, (_, before) => before > at ? before : at);

    /// <summary>Also those whose last connection ended with the node.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await Write();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Tick, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken)) await Write();
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The node stops.
        }
    }

    private async Task Write()
    {
        try
        {
            foreach (var some in waiting.ToArray().Chunk(PerCommit))
            {
                await store.NoteSeen([.. some.Select(entry => new Seen(entry.Key, entry.Value))], CancellationToken.None);
                foreach (var entry in some) waiting.TryRemove(entry);
            }
            isAway = false;
        }
        catch (Exception e)
        {
            // What waits is tried again.
            if (!isAway) LogNotWritten(e);
            isAway = true;
        }
    }

    [LoggerMessage(102, LogLevel.Warning, "When people were here last was not written down; it is tried again until the store is back.")]
    private partial void LogNotWritten(Exception exception);
}
