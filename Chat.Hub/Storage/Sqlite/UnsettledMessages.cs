using System.Collections.Concurrent;
using Chat.Contracts;
using Chat.Hub.Rooms;

namespace Chat.Hub.Storage.Sqlite;

/// <summary>Messages that are in the journal and not in the tables yet, as changes have to see them. Changed by the writer alone.</summary>
internal sealed class UnsettledMessages
{
    private readonly List<Posted> messages = [];
    private readonly ConcurrentDictionary<Guid, long> heads = [];
    private readonly Dictionary<(Guid AuthorId, Guid ClientMessageId), Posted> posted = [];
    private readonly Dictionary<(Guid RoomId, long Seq), Message> places = [];
    private volatile int count;

    public int Count => count;

    /// <summary>In the order in which they came.</summary>
    public IReadOnlyList<Posted> Messages => messages;

    /// <summary>The rooms they are in, with their heads.</summary>
    public IEnumerable<KeyValuePair<Guid, long>> Heads => heads;

    /// <summary>Whether there are any, in the room if one is named. May be asked by anybody at any time.</summary>
    public bool HasAny(Guid? roomId) => count > 0 && (roomId is not { } id || heads.ContainsKey(id));

    public void Add(Message message, Fingerprint fingerprint)
    {
        var one = new Posted(message, fingerprint);
        messages.Add(one);
        heads[message.RoomId] = message.Version;
        places[(message.RoomId, message.Seq)] = message;
        if (message is { AuthorId: { } author, ClientMessageId: { } id }) posted[(author, id)] = one;
        // Last: who is told of it finds it.
        count = messages.Count;
    }

    /// <summary>Adds them to what was read of the tables.</summary>
    public void Complete(Ledger ledger, Needs needs)
    {
        if (count is 0) return;
        foreach (var roomId in needs.Rooms)
        {
            if (heads.TryGetValue(roomId, out var head)) ledger.Room(roomId).Head = head;
        }
        foreach (var key in needs.Posted)
        {
            if (posted.TryGetValue(key, out var before)) ledger.Posted[key] = before;
        }
        foreach (var (roomId, seq) in needs.Messages)
        {
            if (places.TryGetValue((roomId, seq), out var message)) ledger.Room(roomId).Messages[seq] = message;
        }
    }

    /// <summary>They are in the tables.</summary>
    public void Clear()
    {
        count = 0;
        messages.Clear();
        heads.Clear();
        posted.Clear();
        places.Clear();
    }
}
