using System.Collections.Concurrent;

namespace Chat.Tests.Client;

/// <summary>One thread with a context, as programs with windows have it.</summary>
internal sealed class UiThread : SynchronizationContext, IDisposable
{
    private readonly BlockingCollection<(SendOrPostCallback Call, object? State)> calls = [];
    private readonly Thread thread;

    public UiThread()
    {
        thread = new Thread(Run) { IsBackground = true };
        thread.Start();
    }

    public bool IsHere => Environment.CurrentManagedThreadId == thread.ManagedThreadId;

    public override void Post(SendOrPostCallback d, object? state) => calls.Add((d, state));

    /// <summary>Does something there and waits for it.</summary>
    public Task<T> Do<T>(Func<T> action)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        Post(_ =>
        {
            try
            {
                done.SetResult(action());
            }
            catch (Exception e)
            {
                done.SetException(e);
            }
        }, null);
        return done.Task;
    }

    public void Dispose()
    {
        calls.CompleteAdding();
        thread.Join();
        calls.Dispose();
    }

    private void Run()
    {
        SetSynchronizationContext(this);
        foreach (var (call, state) in calls.GetConsumingEnumerable()) call(state);
    }
}
