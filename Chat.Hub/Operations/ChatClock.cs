namespace Chat.Hub.Operations;

/// <summary>
/// The time that all nodes agree on: the shared store's, kept going by this machine's steady counter. A node whose own
/// clock is wrong, or is moved, writes no wrong times and issues no tokens that the others refuse.
/// </summary>
internal sealed class ChatClock(TimeProvider clock)
{
    private Reading? last;

    /// <summary>In UTC; this machine's own as long as there is no store that others share.</summary>
    public DateTimeOffset Now => Volatile.Read(ref last) is { } reading ? reading.Now + clock.GetElapsedTime(reading.Timestamp) : clock.GetUtcNow();

    /// <summary>The same in whole milliseconds: what both stores keep, and so what a repeat answers again.</summary>
    public DateTimeOffset Stored => DateTimeOffset.FromUnixTimeMilliseconds(Now.ToUnixTimeMilliseconds());

    /// <summary>Takes the store's time, as it was asked for at <paramref name="timestamp"/>.</summary>
    public void Agree(DateTimeOffset now, long timestamp) => Volatile.Write(ref last, new Reading(now, timestamp));

    private sealed record Reading(DateTimeOffset Now, long Timestamp);
}
