using Chat.Client.Rooms;
using Chat.Contracts;
using Microsoft.AspNetCore.SignalR.Client;

namespace Chat.Client.Connecting;

/// <summary>One connection, from its first byte to its end. It never comes back: the loop makes the next one.</summary>
internal sealed class Link : IAsyncDisposable
{
    private readonly HubConnection connection;
    private readonly TimeProvider time;
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource life = new();
    private ITimer? drain;

    public Link(HubConnection connection, RoomBook book, Backoff backoff, ClientGear gear)
    {
        this.connection = connection;
        time = gear.Time;
        Lifetime = life.Token;
        CatchUp = new CatchUp(this, book, backoff, gear);
        connection.Closed += error =>
        {
            Error = error;
            End();
            return Task.CompletedTask;
        };
    }

    /// <summary>Fetches over this link what rooms miss.</summary>
    public CatchUp CatchUp { get; }

    /// <summary>The server's last word; null without one.</summary>
    public Closing? Closing { get; private set; }

    /// <summary>Why the transport ended; null when it was ended in order.</summary>
    public Exception? Error { get; private set; }

    /// <summary>Whether it ended because its node stops.</summary>
    public bool Drained { get; private set; }

    public Task Ended => ended.Task;

    public bool HasEnded => ended.Task.IsCompleted;

    /// <summary>Fires with the end.</summary>
    public CancellationToken Lifetime { get; }

    public IChatHub Hub(CancellationToken ct) => new HubProxy(connection, ct);

    public Task StartAsync(CancellationToken ct) => connection.StartAsync(ct);

    /// <summary>The server's last word is read; its handler follows.</summary>
    public void Hear(Closing closing) => Closing ??= closing;

    public void End()
    {
        if (ended.TrySetResult()) life.Cancel();
    }

    public void EndAfter(TimeSpan wait) => drain ??= time.CreateTimer(_ => Drain(), null, wait, Timeout.InfiniteTimeSpan);

    public async ValueTask DisposeAsync()
    {
        End();
        drain?.Dispose();
        await connection.DisposeAsync().ConfigureAwait(false);
        life.Dispose();
    }

    private void Drain()
    {
        Drained = true;
        End();
    }
}
