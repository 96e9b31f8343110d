namespace Chat.Hub.Storage;

/// <summary>
/// Whether a commit waits a moment for more to share it: only where commits follow each other closely and take their time,
/// few share one, and waiting brings more. One sender that waits for each answer gains nothing by it, and is hardly held up.
/// Used by one at a time.
/// </summary>
/// <param name="clock">Tells how closely.</param>
internal sealed class CommitPace(TimeProvider clock)
{
    /// <summary>How long.</summary>
    public static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(2);

    private const double BusyMs = 4;
    private const double CheapMs = 0.4;
    private const double Enough = 8;
    private const double WorthIt = 1.5;
    private const int UntilNextTrial = 256;
    private const double Weight = 1.0 / 8;

    // Some systems wake up whom they should after 2 ms only after 15.
    private static readonly TimeSpan TooLong = 4 * Gathering;

    private long last = clock.GetTimestamp();
    private double between = 1_000;
    private double taken;
    private double size = 1;
    private double gathered = 2;
    private int untilTrial;

    /// <summary>Asked before each commit.</summary>
    /// <param name="waiting">Changes that wait for it.</param>
    public bool Gathers(int waiting)
    {
        var now = clock.GetTimestamp();
        between += (Math.Min(1_000, clock.GetElapsedTime(last, now).TotalMilliseconds) - between) * Weight;
        last = now;
        if (between > BusyMs || taken < CheapMs || size >= Enough || waiting >= Enough) return false;
        if (untilTrial is 0) return true;
        untilTrial--;
        return false;
    }

    /// <summary>Told when the wait, if there was one, is over; answers the time of it.</summary>
    public long Begin(bool isGathered)
    {
        var now = clock.GetTimestamp();
        if (isGathered && clock.GetElapsedTime(last, now) > TooLong) untilTrial = UntilNextTrial;
        return now;
    }

    /// <summary>Told of each commit.</summary>
    /// <param name="changes">How many shared it.</param>
    /// <param name="isGathered">Whether it waited for them.</param>
    /// <param name="time">What it took.</param>
    public void Made(int changes, bool isGathered, TimeSpan time)
    {
        size += (changes - size) * Weight;
        taken += (time.TotalMilliseconds - taken) * Weight;
        if (!isGathered) return;
        gathered += (changes - gathered) * Weight;
        if (gathered < WorthIt) (gathered, untilTrial) = (2, UntilNextTrial);
    }
}
