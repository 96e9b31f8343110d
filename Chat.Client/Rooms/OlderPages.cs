using Chat.Contracts;

namespace Chat.Client.Rooms;

/// <summary>Brings older messages into a window, one page at a time; whoever asks meanwhile waits for the same page.</summary>
internal sealed class OlderPages(Lock gate, MessageWindow window, Func<GetHistory, CancellationToken, Task<History>> ask, Action changed)
{
    /// <summary>What the server gives at most.</summary>
    public const int LimitAtMost = 200;

    private Task<bool>? underway;

    /// <summary>Whether a page is on its way.</summary>
    public bool IsUnderway
    {
        get
        {
            lock (gate) return underway is not null;
        }
    }

    /// <param name="position">The room, and the thread.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="ct">Ends waiting.</param>
    /// <returns>Whether there are still older ones.</returns>
    public Task<bool> LoadAsync(GetHistory position, int limit, CancellationToken ct)
    {
        if (limit is < 1 or > LimitAtMost) throw new ArgumentOutOfRangeException(nameof(limit), limit, $"A page holds 1 to {LimitAtMost} messages.");
        Task<bool> page;
        lock (gate)
        {
            if (underway is null && !window.HasOlder) return Task.FromResult(false);
            page = underway ??= Begin(position with { Limit = limit }, limit);
        }
        changed();
        return page.WaitAsync(ct);
    }

    private Task<bool> Begin(GetHistory position, int limit)
    {
        var page = Task.Run(() => RunAsync(position, limit), CancellationToken.None);
        // Looked at here: whoever waited may have gone.
        _ = page.ContinueWith(failed => _ = failed.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        return page;
    }

    private async Task<bool> RunAsync(GetHistory position, int limit)
    {
        try
        {
            while (true)
            {
                PageRequest request;
                lock (gate) request = window.Expect(limit);
                var page = await ask(position with { BeforeSeq = request.From }, CancellationToken.None).ConfigureAwait(false);
                lock (gate)
                    if (window.Take(request, page) || !window.HasOlder) return window.HasOlder;
            }
        }
        finally
        {
            lock (gate)
            {
                window.Settle();
                underway = null;
            }
            changed();
        }
    }
}
