using Chat.Client.Events;
using Chat.Contracts;
using Polly;
using Polly.Retry;

namespace Chat.Client.Connecting;

/// <summary>Makes one link after the other, until told to stop or told by the server that it makes no sense.</summary>
internal sealed class ConnectionLoop(ClientGear gear, LinkMaker links, Line line, Greeting greeting, ClientEvents events)
{
    private Reconnection reconnection = new(links.Backoff);
    private readonly Pulse pulse = greeting.Pulse;
    private bool wasConnected;

    /// <summary>Runs to the end; never throws.</summary>
    /// <param name="ready">Told when the client has caught up for the first time, or why it never will.</param>
    /// <param name="ct">Ends it.</param>
    public async Task RunAsync(TaskCompletionSource ready, CancellationToken ct)
    {
        (wasConnected, reconnection) = (false, new(links.Backoff));
        var end = await EndAsync(ready, ct).ConfigureAwait(false);
        var reason = end.Reason ?? new ChatException(ErrorCode.Unavailable, "The client was stopped.");
        line.Cut(reason);
        events.Change(end);
        if (ready.TrySetException(reason)) _ = ready.Task.Exception;
    }

    private async Task<ChatStatus> EndAsync(TaskCompletionSource ready, CancellationToken ct)
    {
        try
        {
            await Pipeline().ExecuteAsync(async token => await OneLinkAsync(ready, token).ConfigureAwait(false), ct).ConfigureAwait(false);
            return new ChatStatus { State = ChatState.Stopped };
        }
        catch (LinkFailedException e)
        {
            gear.Logger.GaveUp(e.Message);
            return Told(e.Step.Kind == NextStepKind.SignOut ? ChatState.SignedOut : ChatState.Stopped, e.InnerException!);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            return new ChatStatus { State = ChatState.Stopped };
        }
        catch (Exception e)
        {
            gear.Logger.LoopBroke(e);
            return new ChatStatus { State = ChatState.Stopped, Reason = e };
        }
    }

    private ResiliencePipeline Pipeline() => new ResiliencePipelineBuilder { TimeProvider = gear.Time }
        .AddRetry(new RetryStrategyOptions
        {
            MaxRetryAttempts = int.MaxValue,
            ShouldHandle = new PredicateBuilder().Handle<LinkFailedException>(e => e.Step.Kind == NextStepKind.TryAgain),
            DelayGenerator = retry => new ValueTask<TimeSpan?>(((LinkFailedException)retry.Outcome.Exception!).Step.Wait),
            OnRetry = retry =>
            {
                var reason = retry.Outcome.Exception!.InnerException!;
                gear.Logger.TryingAgain(reason.Message, retry.RetryDelay);
                events.Change(Told(Underway, reason) with { NextTryAt = gear.Time.GetUtcNow() + retry.RetryDelay });
                return default;
            },
        })
        .Build();

    private async Task OneLinkAsync(TaskCompletionSource ready, CancellationToken ct)
    {
        events.Change(new ChatStatus { State = Underway });
        long? since = null;
        var link = links.Make();
        await using var _ = link.ConfigureAwait(false);
        try
        {
            var behind = await greeting.ExchangeAsync(link, ct).ConfigureAwait(false);
            since = gear.Time.GetTimestamp();
            await ServeAsync(link, behind, ready, ct).ConfigureAwait(false);
            throw new LinkEndedException(link.Closing, link.Drained, link.Error);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            // What the server said last tells more than the failing of what was under way.
            var reason = link.Closing is null ? e : new LinkEndedException(link.Closing, link.Drained, link.Error);
            // Whatever the clock here says of it.
            if (Reconnection.IsRefused(reason)) gear.Options.SignIn?.Distrust();
            var lived = since is { } start ? gear.Time.GetElapsedTime(start) : TimeSpan.Zero;
            var step = reconnection.After(reason, lived);
            throw new LinkFailedException(step, step.Kind == NextStepKind.TryAgain ? reason : reason.ForCallers());
        }
    }

    private async Task ServeAsync(Link link, IReadOnlyList<Guid> behind, TaskCompletionSource ready, CancellationToken ct)
    {
        wasConnected = true;
        line.Up(link);
        var beating = pulse.BeatAsync(link);
        try
        {
            events.Change(new ChatStatus { State = ChatState.CatchingUp });
            await link.CatchUp.AllAsync(behind).ConfigureAwait(false);
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

    private ChatState Underway => wasConnected ? ChatState.Reconnecting : ChatState.Connecting;

    private static ChatStatus Told(ChatState state, Exception reason) =>
        new() { State = state, Reason = reason, Closing = ((reason as LinkEndedException) ?? reason.InnerException as LinkEndedException)?.Closing };
}
