namespace Chat.Client;

/// <summary>Knows clocks. By this name in this namespace, so that all code of the client takes it for the usual one.</summary>
internal sealed class CancellationTokenSource : System.Threading.CancellationTokenSource
{
    private readonly List<IDisposable> held = [];

    public CancellationTokenSource()
    {
    }

    public CancellationTokenSource(TimeSpan delay) : this(delay, TimeProvider.System)
    {
    }

    public CancellationTokenSource(TimeSpan delay, TimeProvider time) =>
        held.Add(time.CreateTimer(_ => EndQuietly(), null, delay, Timeout.InfiniteTimeSpan));

    public static CancellationTokenSource CreateLinkedTokenSource(CancellationToken token) => CreateLinkedTokenSource([token]);

    public static new CancellationTokenSource CreateLinkedTokenSource(CancellationToken first, CancellationToken second) => CreateLinkedTokenSource([first, second]);

    public static new CancellationTokenSource CreateLinkedTokenSource(params CancellationToken[] tokens)
    {
        var linked = new CancellationTokenSource();
        foreach (var token in tokens) linked.held.Add(token.Register(linked.EndQuietly));
        return linked;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) held.ForEach(part => part.Dispose());
        base.Dispose(disposing);
    }

    private void EndQuietly()
    {
        try
        {
            Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The timer rang meanwhile: nobody listens any more.
        }
    }
}
