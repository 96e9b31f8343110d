using System.Collections.Concurrent;

namespace Chat.Hub.Presence;

/// <summary>The people of one room who are present: a set, so that the count is always true.</summary>
internal sealed class Crowd
{
    private readonly ConcurrentDictionary<Guid, byte> people = [];

    public int Count => people.Count;

    public bool Add(Guid userId) => people.TryAdd(userId, 0);

    public bool Remove(Guid userId) => people.TryRemove(userId, out _);
}
