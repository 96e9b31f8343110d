namespace Chat.Hub.Storage.Sqlite;

/// <summary>
/// The clients' ids of late messages, so that a new one need not be looked for in the tables: ids of version 7 begin with the time,
/// and one that is above the floor is in the tables only if it is here. Used by the writer alone.
/// </summary>
/// <param name="floor">Up to where the tables may have ids that are not here: their highest.</param>
internal sealed class PostedIds(Guid floor)
{
    // About 1 MB. An id from a clock that is ahead takes a place for longer, and one below the floor is looked for.
    private const int Most = 32_768;

    private readonly HashSet<Guid> late = [];

    /// <summary>Whether no table has it, for sure.</summary>
    public bool IsNew(Guid id) => id.CompareTo(floor) > 0 && !late.Contains(id);

    /// <summary>The tables have it now, or will.</summary>
    public void Add(Guid id)
    {
        if (id.CompareTo(floor) > 0 && late.Add(id) && late.Count > Most) Raise();
    }

    private void Raise()
    {
        var ids = late.ToArray();
        // As SQLite orders them, by their bytes.
        Array.Sort(ids);
        floor = ids[ids.Length / 2];
        foreach (var id in ids.AsSpan(0, ids.Length / 2 + 1)) late.Remove(id);
    }
}
