using Chat.Contracts;

namespace Chat.Hub.Delivery;

/// <summary>
/// Puts the records of one room into the order of their versions, each told once, wherever they come from: this node's
/// log, another node, the store. Pure: no clock, no store, no sockets.
/// </summary>
/// <param name="told">The version up to which everything was told, or happened before anybody here listened.</param>
internal sealed class RoomFeed(long told)
{
    /// <summary>Records that are kept until what comes before them is there; the store has those above it.</summary>
    public const int MostEarly = 1_000;

    private readonly SortedDictionary<long, RoomRecord> early = [];

    public long Told { get; private set; } = told;

    /// <summary>The highest version that is known to exist.</summary>
    public long Seen { get; private set; } = told;

    /// <summary>Takes a record, and answers what can be told now.</summary>
    public IReadOnlyList<RoomRecord> Take(RoomRecord record)
    {
        See(record.Version);
        if (record.Version <= Told || (early.Count >= MostEarly && record.Version != Told + 1)) return [];
        early[record.Version] = record;
        return Ready();
    }

    /// <summary>Notes that there is such a version.</summary>
    public void See(long version) => Seen = Math.Max(Seen, version);

    /// <summary>
    /// Takes what the store says has changed after <see cref="Told"/>, by version. It leaves out versions that a record
    /// had before its last change: those need not be told any more.
    /// </summary>
    /// <param name="changes">The first of them, or all.</param>
    /// <param name="complete">The version up to which they are all; null when there may be more.</param>
    public IReadOnlyList<RoomRecord> Fill(IReadOnlyList<RoomRecord> changes, long? complete)
    {
        var ready = changes.Where(record => record.Version > Told).ToList();
        if (ready.Count > 0) PassOver(ready[^1].Version);
        if (complete is { } version) PassOver(version);
        ready.AddRange(Ready());
        return ready;
    }

    /// <summary>Nothing up to this version needs to be told.</summary>
    public void PassOver(long version)
    {
        Told = Math.Max(Told, version);
        See(Told);
        while (early.Count > 0 && early.First().Key is var first && first <= Told) early.Remove(first);
    }

    private List<RoomRecord> Ready()
    {
        var ready = new List<RoomRecord>();
        while (early.Remove(Told + 1, out var next))
        {
            ready.Add(next);
            Told = next.Version;
        }
        return ready;
    }
}
