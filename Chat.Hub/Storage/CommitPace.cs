namespace Chat.Hub.Storage;

/// <summary>
/// Whether a commit waits a moment for more to share it: only where commits follow each other closely and take their time,
/// few changes share one, and waiting brings more without fewer coming. Whoever waits for each answer before it sends again
/// gains nothing by it, and is hardly held up. Used by one at a time.
/// </summary>
/// <param name="clock">Tells how closely.</param>
internal sealed class CommitPace(TimeProvider clock)
{
    /// <summary>How long.</summary>
    public static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(6);

    private const double BusyMs = 4;
    private const double RestedMs = 20;
    private const double CheapMs = 0.2;
    private const double Weight = 1.0 / 8;

    /// <summary>Changes in a commit from which on it waits for no more.</summary>
    private const int Enough = 8;

    /// <summary>Changes in a commit that waited, below which waiting was in vain.</summary>
    private const double WorthIt = 2.5;

    /// <summary>The part of the changes that came before, which must still come: less come where senders wait for answers.</summary>
    private const double StillComing = 0.85;

    // Commits in a row that wait, where it is known to be worth it, or to find out; and that do not, to see what comes by itself.
    private const int Waits = 512;
    private const int Trial = 12;
    private const int Look = 64;
    private const int LongLook = 512;

    // Some systems wake up whom they should after 6 ms only after 15.
    private static readonly TimeSpan TooLong = 2 * Gathering;

    // Of one commit's asking to the next one's, without what it waited.
    private long last = clock.GetTimestamp();
    private TimeSpan waited;
    private double between = 1_000;
    private double taken;

    // The row of commits that is under way.
    private bool isWaiting;
    private int left = Look;
    private int commits;
    private int changed;
    private long since = clock.GetTimestamp();

    private double comingByItself;
    private bool isWorthIt;

    /// <summary>Asked before each commit.</summary>
    /// <param name="waiting">Changes that wait for it.</param>
    public bool Gathers(int waiting)
    {
        var now = clock.GetTimestamp();
        between += (Math.Min(1_000, (clock.GetElapsedTime(last, now) - waited).TotalMilliseconds) - between) * Weight;
        (last, waited) = (now, TimeSpan.Zero);
        if (between > BusyMs || taken < CheapMs)
        {
            // A hiccup says nothing; after a rest nobody knows who comes.
            if (between > RestedMs) isWorthIt = false;
            Start(now, waits: false, Look);
            return false;
        }
        if (left is 0) Turn(now);
        left--;
        return isWaiting && waiting < Enough;
    }

    /// <summary>Told when the wait, if there was one, is over; answers the time of it.</summary>
    public long Begin(bool isGathered)
    {
        var now = clock.GetTimestamp();
        if (!isGathered) return now;
        waited = clock.GetElapsedTime(last, now);
        if (waited <= TooLong) return now;
        isWorthIt = false;
        Start(now, waits: false, LongLook);
        return now;
    }

    /// <summary>Told of each commit.</summary>
    /// <param name="changes">How many shared it.</param>
    /// <param name="time">What it took.</param>
    public void Made(int changes, TimeSpan time)
    {
        taken += (time.TotalMilliseconds - taken) * Weight;
        commits++;
        changed += changes;
    }

    private void Turn(long now)
    {
        var coming = changed / Math.Max(0.001, clock.GetElapsedTime(since, now).TotalMilliseconds);
        if (isWaiting)
        {
            isWorthIt = changed >= WorthIt * commits && coming >= StillComing * comingByItself;
            Start(now, waits: false, isWorthIt ? Look : LongLook);
            return;
        }
        comingByItself = coming;
        var isShared = changed >= Enough * commits;
        Start(now, waits: !isShared, isShared ? Look : isWorthIt ? Waits : Trial);
    }

    private void Start(long now, bool waits, int length) => (since, isWaiting, left, commits, changed) = (now, waits, length, 0, 0);
}
