using System.Diagnostics;

namespace Chat.Hub.Storage.Sqlite;

/// <summary>
/// When messages go from the journal into the tables: as soon as nobody posts for a moment, where many do after a second, so that
/// their pages are written once for many of them.
/// </summary>
/// <param name="settle">Puts them there.</param>
/// <param name="logger">Told where it fails.</param>
internal sealed partial class Settling(Func<CancellationToken, Task> settle, ILogger logger) : IDisposable
{
    // Above the time between two commits of many who wait for each other, also on a slow disk: each time some of their pages are written.
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource ending = new();
    private int isAwaited;
    private long last;

    /// <summary>There is something to settle.</summary>
    public void Await()
    {
        Volatile.Write(ref last, Stopwatch.GetTimestamp());
        // Not from here: a timer takes a lock and wakes a thread, and who posted is about to be answered.
        if (Interlocked.Exchange(ref isAwaited, 1) is 0) _ = Task.Run(SettleLater);
    }

    public void Dispose() => ending.Cancel();

    private async Task SettleLater()
    {
        try
        {
            var first = Stopwatch.GetTimestamp();
            do await Task.Delay(Quiet, ending.Token);
            while (Stopwatch.GetElapsedTime(Volatile.Read(ref last)) < Quiet && Stopwatch.GetElapsedTime(first) < Longest);
            // Before: what comes from here on may be too late for this one.
            Volatile.Write(ref isAwaited, 0);
            await settle(ending.Token);
        }
        catch (Exception e) when (ending.IsCancellationRequested && e is OperationCanceledException or ObjectDisposedException)
        {
            // Who ends it settles what is left.
        }
        catch (StoreUnavailableException e)
        {
            LogAway(e);
            await AgainLater();
        }
        catch (Exception e)
        {
            LogBroken(e);
            await AgainLater();
        }
    }

    // Nobody reads or writes what waits before it is settled: this is what comes when nobody asks.
    private async Task AgainLater()
    {
        await Task.Delay(Longest, ending.Token).ContinueWith(static _ => { }, TaskScheduler.Default);
        if (!ending.IsCancellationRequested) Await();
    }

    [LoggerMessage(5, LogLevel.Warning, "Messages that are kept in the journal cannot go into the tables yet; it is tried again.")]
    private partial void LogAway(Exception exception);

    [LoggerMessage(6, LogLevel.Error, "Messages that are kept in the journal cannot go into the tables; it is tried again.")]
    private partial void LogBroken(Exception exception);
}
