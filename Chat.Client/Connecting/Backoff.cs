namespace Chat.Client.Connecting;

/// <summary>Waits with full jitter: after a failure that hits everyone, clients come back spread, not together.</summary>
internal sealed class Backoff(TimeSpan first, TimeSpan longest, Random random)
{
    private readonly Lock gate = new();

    /// <summary>Anything from zero to the longest wait, or to the first one doubled for each earlier attempt.</summary>
    public TimeSpan Delay(int attempt)
    {
        var doublings = Math.Min(attempt, 16);
        return Within(first > longest / (1 << doublings) ? longest : first * (1 << doublings));
    }

    /// <summary>Anything from zero to the bound.</summary>
    public TimeSpan Within(TimeSpan bound)
    {
        // A seeded Random is not safe for many threads.
        lock (gate) return bound * random.NextDouble();
    }
}
