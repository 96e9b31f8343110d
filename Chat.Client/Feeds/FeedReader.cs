using System.Threading.Channels;

namespace Chat.Client.Feeds;

/// <summary>One who reads along, with what it has not read yet.</summary>
internal sealed class FeedReader<T>(Feed<T> feed, Func<IReadOnlyList<T>, IEnumerable<T>> skip, CancellationToken own) : IAsyncEnumerable<T>
{
    /// <summary>Whoever is further behind than this is told that it missed something.</summary>
    public const int BehindAtMost = 1_000;

    private readonly Lock gate = new();
    private readonly Channel<bool> signal = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private Queue<T> waiting = [];
    private CancellationTokenRegistration ending;
    private int begun;

    public void Put(T item)
    {
        lock (gate)
        {
            waiting.Enqueue(item);
            if (waiting.Count > BehindAtMost) waiting = new(skip([.. waiting]));
        }
        signal.Writer.TryWrite(true);
    }

    /// <summary>What takes it out when its token says so; let go of when it ends by itself.</summary>
    public void EndsWith(CancellationTokenRegistration registration) => ending = registration;

    public void Close() => signal.Writer.TryComplete();

    public async IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        if (Interlocked.Exchange(ref begun, 1) is 1) throw new InvalidOperationException("This is read already; ask for another one.");
        using var either = CancellationTokenSource.CreateLinkedTokenSource(own, cancellationToken);
        try
        {
            do
            {
                signal.Reader.TryRead(out _);
                while (TryTake(out var item))
                {
                    yield return item;
                    either.Token.ThrowIfCancellationRequested();
                }
            }
            while (await signal.Reader.WaitToReadAsync(either.Token).ConfigureAwait(false));
        }
        finally
        {
            feed.Remove(this);
            ending.Dispose();
        }
    }

    private bool TryTake(out T item)
    {
        lock (gate) return waiting.TryDequeue(out item!);
    }
}
