using Chat.Client;
using Chat.Contracts;

namespace Chat.Bench.Checking;

/// <summary>What one client was shown of its room: every message, and whether it came in order and once.</summary>
internal sealed class View
{
    private readonly Lock gate = new();
    private readonly SortedDictionary<long, StoredMessage> messages = [];
    private readonly List<(long After, long Before)> holes = [];
    private long last;
    private int outOfOrder;
    private int resets;
    private long told;

    // Up to here the view was begun or taken afresh: events queued before that may follow it.
    private long first;

    public View(string name, ChatRoom room)
    {
        Name = name;
        RoomId = room.Id;
        lock (gate)
        {
            room.MessageChanged += (_, message) => Show(message);
            room.MemberChanged += (_, member) => Hear(member);
            room.RoomChanged += (_, changed) => Hear(changed);
            room.Reset += (_, snapshot) => Reset(snapshot);
            told = room.Head;
            foreach (var message in room.Messages) messages[message.Seq] = StoredMessage.Of(message);
            first = last = messages.Count > 0 ? messages.Keys.Last() : 0;
        }
    }

    public string Name { get; }

    public Guid RoomId { get; }

    /// <summary>False once the client has left the room: then it shows what it showed.</summary>
    public bool IsOpen { get; set; } = true;

    /// <summary>The version up to which it was told: a client's events come a little later than its head moves.</summary>
    public long Told
    {
        get
        {
            lock (gate) return told;
        }
    }

    /// <summary>What was shown, since the last hole that was not filled.</summary>
    public ShownRoom Shown
    {
        get
        {
            lock (gate)
            {
                var from = holes.Count > 0 ? holes[^1].Before : 0;
                return new ShownRoom(Name, RoomId, [.. messages.Values.Where(message => message.Seq >= from)], outOfOrder, resets, IsOpen);
            }
        }
    }

    public List<(long After, long Before)> TakeHoles()
    {
        lock (gate)
        {
            var taken = holes.ToList();
            holes.Clear();
            return taken;
        }
    }

    public void Fill(Message message)
    {
        lock (gate) messages[message.Seq] = StoredMessage.Of(message);
    }

    /// <summary>Keeps only the last ones: the others have been checked.</summary>
    public void Trim(int keep)
    {
        lock (gate)
        {
            foreach (var seq in messages.Keys.SkipLast(keep).ToList()) messages.Remove(seq);
        }
    }

    private void Show(Message message)
    {
        lock (gate)
        {
            // What was there when the view began may be told once more; after that every message is news, in order.
            if (messages.TryGetValue(message.Seq, out var known) && known.Version == message.Version && message.Seq > first) outOfOrder++;
            else if (message.Version == message.Seq && message.Seq <= last && !messages.ContainsKey(message.Seq)) outOfOrder++;
            messages[message.Seq] = StoredMessage.Of(message);
            last = Math.Max(last, message.Seq);
            told = Math.Max(told, message.Version);
        }
    }

    private void Hear(RoomRecord record)
    {
        lock (gate) told = Math.Max(told, record.Version);
    }

    private void Reset(RoomSync snapshot)
    {
        lock (gate)
        {
            resets++;
            if (snapshot.Messages.Count > 0 && snapshot.Messages[0].Seq > last + 1) holes.Add((last, snapshot.Messages[0].Seq));
            foreach (var message in snapshot.Messages) messages[message.Seq] = StoredMessage.Of(message);
            last = Math.Max(last, snapshot.Head);
            first = last;
            told = Math.Max(told, snapshot.Head);
        }
    }
}
