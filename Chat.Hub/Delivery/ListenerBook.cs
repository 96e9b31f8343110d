using System.Collections.Concurrent;

namespace Chat.Hub.Delivery;

/// <summary>Listeners by a name: of a room, or of a user.</summary>
internal sealed class ListenerBook
{
    private readonly ConcurrentDictionary<string, Listeners> named = new(StringComparer.Ordinal);

    public Listener[] Of(string name) => named.TryGetValue(name, out var listeners) ? listeners.All : [];

    public Listeners? Find(string name) => named.GetValueOrDefault(name);

    public Listeners Add(string name, Listener listener)
    {
        while (true)
        {
            var listeners = named.GetOrAdd(name, name => new(name));
            if (listeners.TryAdd(listener)) return listeners;
            // Somebody else is taking it off the list.
            Thread.Yield();
        }
    }

    public void Remove(Listeners listeners, string connectionId)
    {
        if (listeners.Remove(connectionId)) named.TryRemove(KeyValuePair.Create(listeners.Name, listeners));
    }
}
