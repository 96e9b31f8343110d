using System.Threading.Channels;

namespace Chat.Client.Events;

/// <summary>Raises events one at a time, in the order in which they happened, away from the connection.</summary>
internal sealed class EventQueue : IAsyncDisposable
{
    private readonly Channel<Action> queue = Channel.CreateUnbounded<Action>(new UnboundedChannelOptions { SingleReader = true });
    private readonly ClientGear gear;
    private readonly Task reading;

    public EventQueue(ClientGear gear)
    {
        this.gear = gear;
        reading = Task.Run(ReadAsync);
    }

    public void Raise<T>(EventHandler<T>? handlers, object sender, T args, string name)
    {
        if (handlers is null) return;
        queue.Writer.TryWrite(() =>
        {
            foreach (var handler in Delegate.EnumerateInvocationList(handlers)) Call(handler, sender, args, name);
        });
    }

    /// <summary>Takes its turn among the events.</summary>
    public void Run(Action action) => queue.Writer.TryWrite(action);

    /// <summary>Raises what is still waiting, unless somebody else's context does it.</summary>
    public async ValueTask DisposeAsync()
    {
        queue.Writer.TryComplete();
        // Waiting for a context that may be waiting for this would never end.
        if (gear.Options.EventContext is null) await reading.ConfigureAwait(false);
    }

    private async Task ReadAsync()
    {
        await foreach (var raise in queue.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            if (gear.Options.EventContext is { } context) await PostAsync(context, raise).ConfigureAwait(false);
            else raise();
        }
    }

    private static Task PostAsync(SynchronizationContext context, Action raise)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        context.Post(_ =>
        {
            raise();
            done.SetResult();
        }, null);
        return done.Task;
    }

    /// <summary>Calls a handler of the program's, which may fail.</summary>
    public void Call<T>(EventHandler<T> handler, object sender, T args, string name)
    {
        try
        {
            handler(sender, args);
        }
        catch (Exception e)
        {
            gear.Logger.HandlerFailed(name, e);
        }
    }
}
