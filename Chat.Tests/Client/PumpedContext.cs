using System.Collections.Concurrent;

namespace Chat.Tests.Client;

/// <summary>A context whose calls run when the test says so.</summary>
internal sealed class PumpedContext : SynchronizationContext
{
    private readonly ConcurrentQueue<(SendOrPostCallback Call, object? State)> calls = [];

    public int Waiting => calls.Count;

    public override void Post(SendOrPostCallback d, object? state) => calls.Enqueue((d, state));

    public void Pump()
    {
        while (calls.TryDequeue(out var next)) next.Call(next.State);
    }
}
