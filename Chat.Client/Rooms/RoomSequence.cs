using Chat.Contracts;

namespace Chat.Client.Rooms;

/// <summary>
/// Puts the records of one room into the order of their versions, each once, whatever order they come in. Knows neither
/// network nor clock: whoever holds it waits a little while it is behind, then asks for a sync and applies it.
/// </summary>
internal sealed class RoomSequence
{
    /// <summary>
    /// Records kept above a gap, as many as a sync tells at most. More are dropped: the sync that closes the gap, or the next
    /// one, brings them again.
    /// </summary>
    private const int HeldAtMost = 500;

    private readonly Dictionary<long, RoomRecord> held = [];

    /// <summary>What the versions belong to; empty before the first snapshot.</summary>
    public string Epoch { get; private set; } = "";

    /// <summary>All versions up to this one have been seen, or are superseded by ones that have.</summary>
    public long Known { get; private set; }

    /// <summary>The highest version heard of.</summary>
    public long Head { get; private set; }

    /// <summary>Whether something is missing; always so before the first snapshot.</summary>
    public bool IsBehind => Head > Known || Epoch.Length == 0;

    /// <summary>
    /// A connection begins, and its first answer says which life the store lives and how far the room is there. What is known
    /// holds on unless it is of another life, or of more than there is: the store went back, perhaps to a backup that nobody
    /// gave a new epoch.
    /// </summary>
    public void Connect(string epoch, long head)
    {
        // Held and heard of on the last connection, perhaps in what the store has forgotten since. This one tells it again.
        held.Clear();
        Head = head;
        if (epoch != Epoch || head < Known) (Epoch, Known) = ("", 0);
    }

    /// <summary>Takes a record as it arrives.</summary>
    /// <returns>The records that are in order now: none, this one, or this one and those that waited for it.</returns>
    public IReadOnlyList<RoomRecord> Accept(RoomRecord record)
    {
        Hear(record.Version);
        if (record.Version <= Known) return [];
        // Before the first snapshot even version 1 waits: the snapshot may be older than it and would undo it.
        if (record.Version > Known + 1 || Epoch.Length == 0)
        {
            if (held.Count < HeldAtMost) held.TryAdd(record.Version, record);
            return [];
        }
        Known = record.Version;
        return held.Count == 0 ? [record] : [record, .. Release()];
    }

    /// <summary>Takes notice of the room's highest version.</summary>
    /// <returns>Whether something is missing.</returns>
    public bool Hear(long head)
    {
        Head = Math.Max(Head, head);
        return IsBehind;
    }

    /// <summary>Takes the answer to a sync. It may be late: what is known already is not told again.</summary>
    public SyncOutcome Apply(RoomSync sync)
    {
        if (sync.Reset ? sync.Epoch == Epoch && sync.Head <= Known : sync.Epoch != Epoch) return SyncOutcome.Nothing;
        var news = sync.Reset ? [] : Above(Known, sync);
        if (sync.Reset) Restart(sync.Epoch);
        Known = Math.Max(Known, sync.Head);
        Hear(Known);
        return new(sync.Reset, news, Release());
    }

    // What was held or heard of before the first snapshot belongs to it; what belongs to another epoch means nothing now.
    private void Restart(string epoch)
    {
        if (Epoch.Length > 0 && Epoch != epoch)
        {
            held.Clear();
            (Known, Head) = (0, 0);
        }
        Epoch = epoch;
    }

    private static RoomRecord[] Above(long known, RoomSync sync) =>
        [.. sync.Members.Concat<RoomRecord>(sync.Messages).Concat(sync.Room is { } room ? [room] : [])
            .Where(record => record.Version > known).OrderBy(record => record.Version)];

    private List<RoomRecord> Release()
    {
        foreach (var old in held.Keys.Where(version => version <= Known).ToList()) held.Remove(old);
        var released = new List<RoomRecord>();
        while (held.Remove(Known + 1, out var next))
        {
            Known++;
            released.Add(next);
        }
        return released;
    }
}

/// <summary>What a sync brought.</summary>
/// <param name="Reset">Whether all that was known is to be forgotten for the snapshot.</param>
/// <param name="News">Without a reset: the records that are new, by version.</param>
/// <param name="Released">Records that had waited for it and follow, by version.</param>
internal sealed record SyncOutcome(bool Reset, IReadOnlyList<RoomRecord> News, IReadOnlyList<RoomRecord> Released)
{
    public static SyncOutcome Nothing { get; } = new(false, [], []);
}
