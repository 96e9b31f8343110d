namespace Chat.Bench.Costs;

/// <summary>Counts over many connections, and tells when there are enough.</summary>
internal sealed class Tally
{
    private readonly Lock gate = new();
    private long count;
    private long target = long.MaxValue;
    private TaskCompletionSource reached = new();

    public long Count => Volatile.Read(ref count);

    public void Add(long more)
    {
        if (more is 0 || Interlocked.Add(ref count, more) < Volatile.Read(ref target)) return;
        lock (gate) Tell();
    }

    /// <summary>Done when there are as many. One waits at a time.</summary>
    /// <exception cref="TimeoutException">It takes longer than a minute.</exception>
    public Task Reach(long many)
    {
        lock (gate)
        {
            reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            Volatile.Write(ref target, many);
            Interlocked.MemoryBarrier();
            Tell();
            return reached.Task.WaitAsync(TimeSpan.FromMinutes(1));
        }
    }

    private void Tell()
    {
        if (Count < target) return;
        Volatile.Write(ref target, long.MaxValue);
        reached.TrySetResult();
    }
}
