namespace System.Threading;

/// <summary>A tick now and then, for one who waits; ticks that nobody waited for are one.</summary>
internal sealed class PeriodicTimer : IDisposable
{
    private readonly SemaphoreSlim ticks = new(0, 1);
    private readonly CancellationTokenSource ending = new();
    private readonly ITimer timer;

    public PeriodicTimer(TimeSpan period, TimeProvider? time = null) =>
        timer = (time ?? TimeProvider.System).CreateTimer(_ => Tick(), null, period, period);

    /// <returns>False when it is disposed.</returns>
    public async ValueTask<bool> WaitForNextTickAsync(CancellationToken ct = default)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ending.Token, ct);
        try
        {
            await ticks.WaitAsync(either.Token).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return false;
        }
    }

    public void Dispose()
    {
        timer.Dispose();
        ending.Cancel();
    }

    private void Tick()
    {
        // One tick at a time comes from a timer: between the two nobody else releases.
        if (ticks.CurrentCount is 0) ticks.Release();
    }
}
