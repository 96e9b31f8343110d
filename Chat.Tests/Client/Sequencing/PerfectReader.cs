namespace Chat.Tests.Client.Sequencing;

/// <summary>
/// What a client must know and tell, said as what it means and not as how it is done: it remembers all that came on this
/// connection, and counts through it anew each time.
/// </summary>
internal sealed class PerfectReader
{
    private readonly HashSet<long> came = [];
    private long caughtUp;

    public string Epoch { get; private set; } = "";

    public long Head { get; private set; }

    /// <summary>Up to here each change was told, by itself or by a sync.</summary>
    public long Known
    {
        get
        {
            var known = caughtUp;
            while (Epoch.Length > 0 && came.Contains(known + 1)) known++;
            return known;
        }
    }

    public bool IsBehind => Epoch.Length == 0 || Known < Head;

    /// <returns>The versions that are told.</returns>
    public IReadOnlyList<long> Live(long version)
    {
        var before = Known;
        came.Add(version);
        Announce(version);
        return Between(before, Known);
    }

    public void Announce(long head) => Head = Math.Max(Head, head);

    public void Connect(string epoch, long head)
    {
        var isSame = epoch == Epoch && head >= Known;
        (Epoch, caughtUp, Head) = isSame ? (Epoch, Known, head) : ("", 0, head);
        came.Clear();
    }

    /// <returns>The versions that are told.</returns>
    public (IReadOnlyList<long> Told, bool Reset) Sync(string epoch, long head, bool isReset, IEnumerable<long> versions)
    {
        var isOf = epoch == Epoch;
        if (isReset ? isOf && head <= Known : !isOf) return ([], false);
        if (isReset && !isOf && Epoch.Length > 0) Connect("", 0);
        var before = isReset ? 0 : Known;
        (Epoch, caughtUp) = (epoch, Math.Max(head, before));
        Announce(head);
        return ([.. versions.Where(version => version > before).Order(), .. Between(caughtUp, Known)], isReset);
    }

    private static List<long> Between(long above, long upTo)
    {
        var all = new List<long>();
        for (var version = above + 1; version <= upTo; version++) all.Add(version);
        return all;
    }
}
