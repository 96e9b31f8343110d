namespace Chat.Bench.Chaos.Clients;

/// <summary>When senders may begin something.</summary>
/// <param name="shortestMs">The shortest wait of each before it begins the next, in milliseconds.</param>
/// <param name="longestMs">The longest.</param>
internal sealed class Pace(int shortestMs = 100, int longestMs = 500)
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

    public int ShortestMs => shortestMs;

    public int LongestMs => longestMs;

    /// <summary>Waits for its turn, and while it is paused.</summary>
    public async Task TurnAsync(Random random, CancellationToken cancellation)
    {
        do
        {
            await Task.Delay(random.Next(shortestMs, longestMs), cancellation);
            await open.Task.WaitAsync(cancellation);
        }
        while (!IsOpen);
    }
}
