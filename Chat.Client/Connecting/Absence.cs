namespace Chat.Client.Connecting;

/// <summary>
/// How long nobody was here. Asleep, a machine's wall clock goes on while its steady one may stand still; a frozen process
/// finds both advanced. A clock that is set forward looks the same, one that is set back is not seen.
/// </summary>
internal sealed class Absence(TimeProvider time)
{
    private DateTimeOffset wall = time.GetUtcNow();
    private long steady = time.GetTimestamp();

    /// <summary>What went by since this was asked last, by whichever clock says more.</summary>
    public TimeSpan Look()
    {
        var (now, stamp) = (time.GetUtcNow(), time.GetTimestamp());
        var (byWall, bySteady) = (now - wall, time.GetElapsedTime(steady, stamp));
        (wall, steady) = (now, stamp);
        return byWall > bySteady ? byWall : bySteady;
    }
}
