namespace Chat.Hub.Delivery;

/// <summary>
/// Lines that hold a frame for an answer. Answers come within a fraction of a millisecond; a client that asked for none, or
/// whose answer went another way, gets the frame from here.
/// </summary>
/// <param name="least">How long a frame is held at least, where no answer comes; twice that at most, as far as timers are on time.</param>
internal sealed class HeldFrames(TimeSpan least)
{
    private readonly Lock gate = new();
    private List<DirectLine> lines = [];
    private bool isAwaited;

    /// <summary>Those of all connections of the process.</summary>
    public static HeldFrames Shared { get; } = new(TimeSpan.FromMilliseconds(3));

    public void Add(DirectLine line)
    {
        lock (gate)
        {
            lines.Add(line);
            if (isAwaited) return;
            isAwaited = true;
        }
        // One timer for all that are held.
        _ = PushLater();
    }

    private async Task PushLater()
    {
        for (var due = Next(); due.Count > 0; due = Next())
        {
            await Task.Delay(least);
            // None waits for another: its socket may be full.
            foreach (var line in due) _ = line.Push();
        }
    }

    /// <summary>Those that were added by now; none, and nobody looks any more, where there are none.</summary>
    private List<DirectLine> Next()
    {
        lock (gate)
        {
            var due = lines;
            lines = [];
            isAwaited = due.Count > 0;
            return due;
        }
    }
}
