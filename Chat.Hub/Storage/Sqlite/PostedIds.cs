namespace Chat.Hub.Storage.Sqlite;

/// <summary>
/// The clients' ids of late messages, so that a new one need not be looked for in the tables: ids of version 7 begin with the time,
/// and one that lies between the floor and the ceiling is in the tables only if it is here. Ids without time in them (of
/// <c>Idempotency-Key</c>, and of clients of others) mostly lie above, and are looked for. Used by the writer alone.
/// </summary>
/// <param name="floor">Up to where the tables may have ids that are not here: the time of the start, later that of ids which are not late any more.</param>
/// <param name="ceiling">From where on they may.</param>
internal sealed class PostedIds(Guid floor, Guid ceiling)
{
    // About 1 MB. An id from a clock that is ahead takes a place for longer.
    private const int Most = 32_768;

    private readonly HashSet<Guid> late = [];

    /// <summary>Whether no table has it, for sure.</summary>
    public bool IsNew(Guid id) => IsBetween(id) && !late.Contains(id);

    /// <summary>The tables have it, or will.</summary>
    public void Add(Guid id)
    {
        if (IsBetween(id) && late.Add(id) && late.Count > Most) Raise();
    }

    // As SQLite orders them, by their bytes.
    private bool IsBetween(Guid id) => id.CompareTo(floor) > 0 && id.CompareTo(ceiling) < 0;

    private void Raise()
    {
        var ids = late.ToArray();
        Array.Sort(ids);
        floor = ids[ids.Length / 2];
        foreach (var id in ids.AsSpan(0, ids.Length / 2 + 1)) late.Remove(id);
    }
}
