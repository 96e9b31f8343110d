using Chat.Contracts;

namespace Chat.Client.Connecting;

/// <summary>Starts and stops the connection loop, one thing at a time.</summary>
internal sealed class ClientLife(Line line, ConnectionLoop loop) : IAsyncDisposable
{
    private readonly SemaphoreSlim door = new(1);
    private CancellationTokenSource? stopping;
    private Task running = Task.CompletedTask;
    private bool isDisposed;

    public async Task StartAsync(CancellationToken ct)
    {
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        CancellationTokenSource mine;
        await door.WaitAsync(ct).ConfigureAwait(false);
        try
        {
            ObjectDisposedException.ThrowIf(isDisposed, typeof(ChatClient));
            if (!line.IsCut) throw new InvalidOperationException("The client is started already.");
            await running.ConfigureAwait(false);
            stopping?.Dispose();
            stopping = mine = new CancellationTokenSource();
            line.Open();
            var token = mine.Token;
            running = Task.Run(() => loop.RunAsync(ready, token), CancellationToken.None);
        }
        finally
        {
            door.Release();
        }
        await ReadyAsync(ready.Task, mine, ct).ConfigureAwait(false);
    }

    public Task StopAsync(CancellationToken ct) => EndAsync().WaitAsync(ct);

    public void RetryNow() => loop.Nudge(isOrder: true);

    public async ValueTask DisposeAsync()
    {
        await EndAsync(forGood: true).ConfigureAwait(false);
        line.Cut(new ChatException(ErrorCode.Unavailable, "The client is disposed."));
        stopping?.Dispose();
    }

    private async Task ReadyAsync(Task ready, CancellationTokenSource start, CancellationToken ct)
    {
        try
        {
            await ready.WaitAsync(ct).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            await EndAsync(only: start).ConfigureAwait(false);
            throw;
        }
    }

    /// <param name="only">Only if this is what runs: somebody may have stopped and started meanwhile.</param>
    /// <param name="forGood">Whether it can never start again.</param>
    private async Task EndAsync(CancellationTokenSource? only = null, bool forGood = false)
    {
        await door.WaitAsync().ConfigureAwait(false);
        try
        {
            if (only is not null && only != stopping) return;
            if (stopping is not null && !isDisposed) await stopping.CancelAsync().ConfigureAwait(false);
            isDisposed |= forGood;
            await running.ConfigureAwait(false);
            if (!forGood) loop.Rest();
        }
        finally
        {
            door.Release();
        }
    }
}
