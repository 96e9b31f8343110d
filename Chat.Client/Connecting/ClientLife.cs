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
        await door.WaitAsync(ct).ConfigureAwait(false);
        try
        {
            ObjectDisposedException.ThrowIf(isDisposed, typeof(ChatClient));
            if (!line.IsCut) throw new InvalidOperationException("The client is started already.");
            await running.ConfigureAwait(false);
            stopping?.Dispose();
            stopping = new CancellationTokenSource();
            line.Open();
            var token = stopping.Token;
            running = Task.Run(() => loop.RunAsync(ready, token), CancellationToken.None);
        }
        finally
        {
            door.Release();
        }
        await ReadyAsync(ready.Task, ct).ConfigureAwait(false);
    }

    public Task StopAsync(CancellationToken ct) => EndAsync().WaitAsync(ct);

    public async ValueTask DisposeAsync()
    {
        await EndAsync().ConfigureAwait(false);
        isDisposed = true;
        line.Cut(new ChatException(ErrorCode.Unavailable, "The client is disposed."));
        stopping?.Dispose();
    }

    private async Task ReadyAsync(Task ready, CancellationToken ct)
    {
        try
        {
            await ready.WaitAsync(ct).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            await EndAsync().ConfigureAwait(false);
            throw;
        }
    }

    private async Task EndAsync()
    {
        await door.WaitAsync().ConfigureAwait(false);
        try
        {
            if (stopping is not null && !isDisposed) await stopping.CancelAsync().ConfigureAwait(false);
            await running.ConfigureAwait(false);
        }
        finally
        {
            door.Release();
        }
    }
}
