using Chat.Client.Events;
using Chat.Contracts;

namespace Chat.Client.Connecting;

/// <summary>Makes one link after the other, until told to stop or told by the server that it makes no sense.</summary>
internal sealed class ConnectionLoop(ClientGear gear, LinkMaker links, Line line, Greeting greeting, ClientEvents events)
{
    /// <summary>How long a stop waits for the server to hear of it.</summary>
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(2);

    private readonly Pulse pulse = greeting.Pulse;
    private readonly Lull lull = new(gear.Time);
    private readonly Watchman watchman = new(gear);
    private Reconnection reconnection = new(links.Backoff);
    private bool wasConnected;
    private volatile Link? current;
    private Task leaving = Task.CompletedTask;

    private static ChatException Offline => new(ErrorCode.Unavailable, "The client was stopped.");

    private ChatState Underway => wasConnected ? ChatState.Reconnecting : ChatState.Connecting;

    /// <summary>Runs to the end; never throws.</summary>
    /// <param name="ready">Told when the client has caught up for the first time, or why it never will.</param>
    /// <param name="ct">Ends it.</param>
    public async Task RunAsync(TaskCompletionSource ready, CancellationToken ct)
    {
        (wasConnected, reconnection) = (false, new(links.Backoff));
        lull.Calm();
        using var watch = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var watching = watchman.WatchAsync(Wake, () => Nudge(isOrder: false), lull.Look, watch.Token);
        var end = await EndAsync(ready, ct).ConfigureAwait(false);
        await watch.CancelAsync().ConfigureAwait(false);
        await watching.ConfigureAwait(false);

        var reason = end.Reason ?? Offline;
        line.Cut(reason);
        events.Change(end);
        if (ready.TrySetException(reason)) _ = ready.Task.Exception;
        await leaving.WaitAsync(Farewell, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        leaving = Task.CompletedTask;
    }

    /// <summary>It had ended by itself, and now the user wants it so: whoever waits for a sign-in need not wait any more.</summary>
    public void Rest()
    {
        if (events.Status.State is ChatState.Offline) return;
        line.Cut(Offline);
        events.Change(new ChatStatus { State = ChatState.Offline });
    }

    /// <summary>Somebody looks, or the network changed: a wait ends, and a connection must show that it carries.</summary>
    /// <param name="isOrder">Whether a wait that the server named ends too.</param>
    public void Nudge(bool isOrder)
    {
        if (line.Current is { } link) _ = pulse.ProbeAsync(link);
        else lull.Hurry(evenOrdered: isOrder);
    }

    private void Wake(TimeSpan absence)
    {
        gear.Logger.Woke(absence);
        // One that is younger was made since.
        if (current is { } link && gear.Time.GetUtcNow() - link.MadeAt >= absence) link.Lose(LinkLoss.Slept);
        else lull.Hurry(evenOrdered: false);
    }

    private async Task<ChatStatus> EndAsync(TaskCompletionSource ready, CancellationToken ct)
    {
        try
        {
            while (true)
            {
                var (step, reason) = await OneLinkAsync(ready, ct).ConfigureAwait(false);
                if (step.Kind != NextStepKind.TryAgain)
                {
                    gear.Logger.GaveUp(reason.Message);
                    return Told(step.Kind == NextStepKind.SignOut ? ChatState.SignedOut : ChatState.Stopped, reason);
                }
                gear.Logger.TryingAgain(reason.Message, step.Wait);
                events.Change(Told(Underway, reason) with { NextTryAt = gear.Time.GetUtcNow() + step.Wait });
                await lull.WaitAsync(step, ct).ConfigureAwait(false);
            }
        }
        catch (Exception) when (ct.IsCancellationRequested)
        {
            return new ChatStatus { State = ChatState.Offline };
        }
        catch (Exception e)
        {
            gear.Logger.LoopBroke(e);
            return new ChatStatus { State = ChatState.Stopped, Reason = e };
        }
    }

    /// <returns>What follows its end, and the reason for that.</returns>
    private async Task<(NextStep Step, Exception Reason)> OneLinkAsync(TaskCompletionSource ready, CancellationToken ct)
    {
        events.Change(new ChatStatus { State = Underway });
        long? since = null;
        var link = current = links.Make();
        try
        {
            var behind = await greeting.ExchangeAsync(link, ct).ConfigureAwait(false);
            since = gear.Time.GetTimestamp();
            await ServeAsync(link, behind, ready, ct).ConfigureAwait(false);
            return Judge(link, Epitaph(link), since);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            // What the server said last, or why the link was given up, tells more than the failing of what was under way.
            var isTold = link.Closing is not null || link.Loss is not LinkLoss.None || (link.HasEnded && e is OperationCanceledException);
            return Judge(link, isTold ? Epitaph(link) : e, since);
        }
        finally
        {
            current = null;
            // Not awaited: over a dead network it takes seconds, and the next link need not wait for it.
            leaving = Task.WhenAll(leaving.IsCompleted ? Task.CompletedTask : leaving, link.CloseAsync());
        }
    }

    private (NextStep, Exception) Judge(Link link, Exception reason, long? since)
    {
        // Whatever the clock here says of it.
        if (Reconnection.IsRefused(reason)) gear.Options.SignIn?.Distrust();
        var lived = since is { } start ? gear.Time.GetElapsedTime(start) : TimeSpan.Zero;
        var step = reconnection.After(reason, lived, link.RetryAfter);
        return (step, step.Kind == NextStepKind.TryAgain ? reason : reason.ForCallers());
    }

    private async Task ServeAsync(Link link, IReadOnlyList<Guid> behind, TaskCompletionSource ready, CancellationToken ct)
    {
        wasConnected = true;
        lull.Calm();
        line.Up(link);
        var beating = pulse.BeatAsync(link);
        try
        {
            events.Change(new ChatStatus { State = ChatState.CatchingUp });
            await link.CatchUp.AllAsync(behind).WaitAsync(ct).ConfigureAwait(false);
            if (!link.HasEnded)
            {
                events.Change(new ChatStatus { State = ChatState.Connected });
                ready.TrySetResult();
            }
            await link.Ended.WaitAsync(ct).ConfigureAwait(false);
        }
        finally
        {
            line.Down(link);
            link.End();
            await beating.ConfigureAwait(false);
        }
    }

    private static LinkEndedException Epitaph(Link link) => new(link.Closing, link.Loss, link.Error);

    private static ChatStatus Told(ChatState state, Exception reason) =>
        new() { State = state, Reason = reason, Closing = ((reason as LinkEndedException) ?? reason.InnerException as LinkEndedException)?.Closing };
}
