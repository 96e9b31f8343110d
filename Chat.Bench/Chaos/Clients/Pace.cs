namespace Chat.Bench.Chaos.Clients;

/// <summary>When senders may begin something.</summary>
internal sealed class Pace
{
    private volatile TaskCompletionSource open = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile int padding;

    /// <summary>Characters that each text is filled up with.</summary>
    public int Padding
    {
        get => padding;
        set => padding = value;
    }

    public bool IsOpen => open.Task.IsCompleted;

    public void Resume() => open.TrySetResult();

    public void Pause()
    {
        if (IsOpen) open = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>Waits 100 to 500 ms, and while it is paused.</summary>
    public async Task TurnAsync(Random random, CancellationToken cancellation)
    {
        do
        {
            await Task.Delay(random.Next(100, 500), cancellation);
            await open.Task.WaitAsync(cancellation);
        }
        while (!IsOpen);
    }
}
