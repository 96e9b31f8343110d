using System.Collections.Concurrent;
using Microsoft.AspNetCore.SignalR;

namespace Chat.Hub.Delivery;

/// <summary>Listeners by a name: of a room, or of a user.</summary>
internal sealed class ListenerBook
{
    private readonly ConcurrentDictionary<string, Listeners> named = new(StringComparer.Ordinal);

    public HubConnectionContext[] Of(string name) => named.TryGetValue(name, out var listeners) ? listeners.All : [];

    public Listeners? Find(string name) => named.GetValueOrDefault(name);

    public Listeners Add(string name, HubConnectionContext connection)
    {
        while (true)
        {
            var listeners = named.GetOrAdd(name, name => new(name));
            if (listeners.TryAdd(connection)) return listeners;
            // Somebody else is taking it off the list.
            Thread.Yield();
        }
    }

    public void Remove(Listeners listeners, string connectionId)
    {
        if (listeners.Remove(connectionId)) named.TryRemove(KeyValuePair.Create(listeners.Name, listeners));
    }
}
