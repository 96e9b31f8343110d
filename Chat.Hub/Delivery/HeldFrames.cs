namespace Chat.Hub.Delivery;

/// <summary>
/// Lines that hold a frame for an answer. Answers come within a fraction of a millisecond; a client that asked for none, or
/// whose answer went another way, gets the frame from here.
/// </summary>
internal static class HeldFrames
{
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(5);

    private static readonly Lock Gate = new();
    private static List<DirectLine> lines = [];

    public static void Add(DirectLine line)
    {
        lock (Gate)
        {
            lines.Add(line);
            if (lines.Count > 1) return;
        }
        // One timer for all that are held meanwhile.
        _ = PushLater();
    }

    private static async Task PushLater()
    {
        await Task.Delay(Longest);
        List<DirectLine> due;
        lock (Gate) (due, lines) = (lines, []);
        // None waits for another: its socket may be full.
        foreach (var line in due) _ = line.Push();
    }
}
