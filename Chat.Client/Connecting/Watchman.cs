namespace Chat.Client.Connecting;

/// <summary>
/// Looks once a second whether the machine slept, and whether its network changed. Other timers cannot be relied on for
/// that: they may have stood still, and have their time yet to run.
/// </summary>
internal sealed class Watchman(ClientGear gear)
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    /// <summary>A busy machine is late by a second or two; whoever is late by more may have lost connections.</summary>
    private static readonly TimeSpan Doubtful = TimeSpan.FromSeconds(5);

    private int news;

    /// <summary>Looks until it is cancelled; never throws.</summary>
    /// <param name="slept">The machine was away so long that the server has given the client up.</param>
    /// <param name="doubt">The machine was away for a moment, or has another network.</param>
    /// <param name="look">At each look.</param>
    /// <param name="ct">Ends it.</param>
    public async Task WatchAsync(Action<TimeSpan> slept, Action doubt, Action look, CancellationToken ct)
    {
        var absence = new Absence(gear.Time);
        try
        {
            using var listening = gear.Options.WatchesNetwork ? gear.Options.Network.Subscribe(() => Volatile.Write(ref news, 1), gear.Logger) : null;
            using var timer = new PeriodicTimer(Tick, gear.Time);
            while (await timer.WaitForNextTickAsync(ct).ConfigureAwait(false))
            {
                var missed = absence.Look() - Tick;
                var isChanged = Interlocked.Exchange(ref news, 0) != 0;
                look();
                if (missed > Doubtful && missed > gear.Options.ServerTimeout) slept(missed);
                else if (missed > Doubtful || isChanged) doubt();
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // Nobody needs it any more.
        }
        catch (Exception e)
        {
            // Something of the application's threw; connections go on without being watched.
            gear.Logger.WatchBroke(e);
        }
    }
}
