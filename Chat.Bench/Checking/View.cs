using Chat.Client;
using Chat.Contracts;

namespace Chat.Bench.Checking;

/// <summary>What one client was shown of its room: every message, and whether it came in order and once.</summary>
internal sealed class View
{
    private readonly Lock gate = new();
    private readonly SortedDictionary<long, Message> messages = [];
    private readonly List<(long After, long Before)> holes = [];
    private long last;

    // Up to here the view was begun or taken afresh: events queued before that may follow it.
    private long first;

    public View(string name, ChatRoom room)
    {
        Name = name;
        RoomId = room.Id;
        lock (gate)
        {
            room.MessageChanged += (_, message) => Show(message);
            room.Reset += (_, snapshot) => Reset(snapshot);
            foreach (var message in room.Messages) messages[message.Seq] = message;
            first = last = messages.Count > 0 ? messages.Keys.Last() : 0;
        }
    }

    public string Name { get; }

    public Guid RoomId { get; }

    /// <summary>Messages that were told after a later one, or told twice as new.</summary>
    public int OutOfOrder { get; private set; }

    /// <summary>How often the client had to take the room afresh.</summary>
    public int Resets { get; private set; }

    public IReadOnlyList<Message> Messages
    {
        get
        {
            lock (gate) return [.. messages.Values];
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
        lock (gate) messages[message.Seq] = message;
    }

    private void Show(Message message)
    {
        lock (gate)
        {
            // What was there when the view began may be told once more; after that every message is news, in order.
            if (messages.TryGetValue(message.Seq, out var known) && known.Version == message.Version && message.Seq > first) OutOfOrder++;
            else if (message.Version == message.Seq && message.Seq <= last && !messages.ContainsKey(message.Seq)) OutOfOrder++;
            messages[message.Seq] = message;
            last = Math.Max(last, message.Seq);
        }
    }

    private void Reset(RoomSync snapshot)
    {
        lock (gate)
        {
            Resets++;
            if (snapshot.Messages.Count > 0 && snapshot.Messages[0].Seq > last + 1) holes.Add((last, snapshot.Messages[0].Seq));
            foreach (var message in snapshot.Messages) messages[message.Seq] = message;
            last = Math.Max(last, snapshot.Head);
            first = last;
        }
    }
}
