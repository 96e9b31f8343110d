namespace Chat.Client.Connecting;

/// <summary>The wait for the next try, which may be cut short.</summary>
internal sealed class Lull(TimeProvider time)
{
    private readonly Lock gate = new();
    private TaskCompletionSource? waiting;
    private DateTimeOffset due;
    private bool isOrdered;
    private bool isHurried;

    /// <summary>Waits; not at all if somebody was in a hurry during the try that failed.</summary>
    public async Task WaitAsync(NextStep step, CancellationToken ct)
    {
        Task cutShort;
        lock (gate)
        {
            (var wasHurried, isHurried) = (isHurried, false);
            if (wasHurried && !step.IsOrdered) return;
            (due, isOrdered) = (time.GetUtcNow() + step.Wait, step.IsOrdered);
            waiting = new(TaskCreationOptions.RunContinuationsAsynchronously);
            cutShort = waiting.Task;
        }
        await cutShort.WaitAsync(step.Wait, time, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        lock (gate) waiting = null;
        ct.ThrowIfCancellationRequested();
    }

    /// <summary>The next try may be now: the wait ends, or there is none after the try that is under way.</summary>
    /// <param name="evenOrdered">Whether that holds for one that the server named.</param>
    public void Hurry(bool evenOrdered)
    {
        lock (gate)
        {
            if (waiting is null) isHurried = true;
            else if (!isOrdered || evenOrdered) waiting.TrySetResult();
        }
    }

    /// <summary>Whoever was in a hurry got there.</summary>
    public void Calm()
    {
        lock (gate) isHurried = false;
    }

    /// <summary>Ends a wait that is over by the wall clock. Timers may go by one that stands still while the machine sleeps.</summary>
    public void Look()
    {
        lock (gate)
            if (waiting is not null && time.GetUtcNow() >= due) waiting.TrySetResult();
    }
}
