using System.Diagnostics.CodeAnalysis;
using Chat.Client.Rooms;
using Chat.Contracts;
using Microsoft.AspNetCore.SignalR.Client;

namespace Chat.Client.Connecting;

/// <summary>One connection, from its first byte to its end. It never comes back: the loop makes the next one.</summary>
[SuppressMessage("Design", "CA1001", Justification = "Whoever ends the link may still be cancelling its lifetime when it is closed; the source holds nothing to let go.")]
internal sealed class Link
{
    private readonly HubConnection connection;
    private readonly TimeProvider time;
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource life = new();
    private Task starting = Task.CompletedTask;
    private ITimer? drain;

    public Link(HubConnection connection, RoomBook book, Backoff backoff, ClientGear gear)
    {
        this.connection = connection;
        time = gear.Time;
        MadeAt = time.GetUtcNow();
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

    /// <summary>By the wall clock.</summary>
    public DateTimeOffset MadeAt { get; }

    /// <summary>The server's last word; null without one.</summary>
    public Closing? Closing { get; private set; }

    /// <summary>Why the transport ended; null when it was ended in order.</summary>
    public Exception? Error { get; private set; }

    /// <summary>Why it was given up on this side.</summary>
    public LinkLoss Loss { get; private set; }

    /// <summary>The largest frame that the server takes; what is larger is not sent. Without a bound until it says so.</summary>
    public int FrameBytes { get; set; } = int.MaxValue;

    /// <summary>How long the server asked to wait when it refused the connection; null when it did not say.</summary>
    public TimeSpan? RetryAfter { get; set; }

    public Task Ended => ended.Task;

    public bool HasEnded => ended.Task.IsCompleted;

    /// <summary>Fires with the end.</summary>
    public CancellationToken Lifetime { get; }

    public IChatHub Hub(CancellationToken ct) => new HubProxy(connection, ct);

    /// <summary>Opens it. SignalR waits for the token as long as that takes; this does not wait longer than it is told to.</summary>
    public Task StartAsync(CancellationToken ct)
    {
        starting = connection.StartAsync(ct);
        return starting.WaitAsync(ct);
    }

    /// <summary>The server's last word is read; its handler follows.</summary>
    public void Hear(Closing closing) => Closing ??= closing;

    public void End()
    {
        if (ended.TrySetResult()) life.Cancel();
    }

    /// <summary>Gives it up.</summary>
    public void Lose(LinkLoss loss)
    {
        if (HasEnded) return;
        Loss = loss;
        End();
    }

    /// <summary>Gives it up at the moment that the server named.</summary>
    public void EndAfter(TimeSpan wait) => drain ??= time.CreateTimer(_ => Lose(LinkLoss.Drained), null, wait, Timeout.InfiniteTimeSpan);

    /// <summary>Takes leave of the server, which may take a while where the network is dead. Never throws.</summary>
    public async Task CloseAsync()
    {
        End();
        if (drain is not null) await drain.DisposeAsync().ConfigureAwait(false);
        await connection.DisposeAsync().AsTask().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await starting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
