namespace Chat.Hub.Delivery;

/// <summary>Connections that are told the same.</summary>
internal sealed class Listeners(string name)
{
    private readonly Dictionary<string, Listener> byId = new(StringComparer.Ordinal);
    private Listener[]? all;

    public string Name => name;

    /// <summary>Set when it was empty and taken off the list: whoever comes next begins another.</summary>
    public bool IsGone { get; private set; }

    /// <summary>As of now; made anew only after somebody came or went.</summary>
    public Listener[] All
    {
        get
        {
            lock (byId) return all ??= [.. byId.Values];
        }
    }

    /// <returns>False where it is gone.</returns>
    public bool TryAdd(Listener listener)
    {
        lock (byId)
        {
            if (IsGone) return false;
            byId[listener.Connection.ConnectionId] = listener;
            all = null;
            return true;
        }
    }

    /// <returns>Whether nobody is left, so that it is gone now.</returns>
    public bool Remove(string connectionId)
    {
        lock (byId)
        {
            if (byId.Remove(connectionId)) all = null;
            return IsGone = byId.Count is 0;
        }
    }
}
