using Chat.Contracts;

namespace Chat.Client.Rooms;

/// <summary>The newest messages of a room that are in no thread, by <see cref="Message.Seq"/>, without holes; the oldest are let go.</summary>
internal sealed class MessageWindow(int kept)
{
    private readonly List<Message> messages = [];
    private readonly GrowingTexts growing = new();
    private Message[]? copy;

    /// <summary>Whether the room has messages below the first of these.</summary>
    public bool HasOlder { get; private set; }

    /// <summary>As they are now; never changes afterwards.</summary>
    public IReadOnlyList<Message> Messages => copy ??= [.. messages];

    public void Reset(IEnumerable<Message> snapshot, bool hasOlder)
    {
        messages.Clear();
        growing.Clear();
        messages.AddRange(snapshot.OrderBy(m => m.Seq));
        HasOlder = hasOlder;
        Trim();
    }

    /// <returns>The record that was here for it; null for none.</returns>
    public Message? Put(Message message)
    {
        if (message.ThreadSeq is not null) return null;
        var index = IndexOf(message.Seq);
        if (index >= 0)
        {
            var before = messages[index];
            if (message.Version >= before.Version) messages[index] = growing.Take(message, before);
            copy = null;
            return before;
        }
        // A change of a message that was let go must not tear a hole between it and the others.
        if (~index > 0 || !HasOlder) messages.Insert(~index, growing.Take(message, null));
        Trim();
        return null;
    }

    /// <summary>Takes a piece of a message that is still being written.</summary>
    /// <returns>The message with the text it has now; null when nothing was added.</returns>
    public Message? Grow(StreamChunk chunk)
    {
        var index = IndexOf(chunk.Seq);
        if (growing.Take(chunk, index >= 0 ? messages[index] : null) is not { } grown) return null;
        messages[index] = grown;
        copy = null;
        return grown;
    }

    private void Trim()
    {
        copy = null;
        if (messages.Count <= kept) return;
        messages.RemoveRange(0, messages.Count - kept);
        HasOlder = true;
    }

    private int IndexOf(long seq)
    {
        int low = 0, high = messages.Count - 1;
        if (high >= 0 && messages[high].Seq < seq) return ~messages.Count;
        while (low <= high)
        {
            var middle = (low + high) / 2;
            if (messages[middle].Seq == seq) return middle;
            if (messages[middle].Seq < seq) low = middle + 1;
            else high = middle - 1;
        }
        return ~low;
    }
}
