using Chat.Contracts;

namespace Chat.Client.Rooms;

/// <summary>
/// The newest messages of a room that are in no thread, or those of one thread, by <see cref="Message.Seq"/>: from some place
/// on all of them, without holes. The oldest are let go, and come back page by page.
/// </summary>
internal sealed class MessageWindow(int kept, long? threadSeq = null)
{
    /// <summary>Changes of messages below the held ones that are kept while their page is on its way.</summary>
    private const int MeanwhileAtMost = 1_000;

    private readonly List<Message> messages = [];
    private readonly GrowingTexts growing = new();
    private Message[]? copy;
    private readonly int kept = kept;
    private int most = kept;
    private int life;

    // The page may have been read before these were changed.
    private Dictionary<long, Message>? meanwhile;
    private int ahead;

    /// <summary>From this <see cref="Message.Seq"/> on all messages are here.</summary>
    public long From { get; private set; }

    /// <summary>Whether the last messages were loaded: before that only those that came since are here.</summary>
    public bool IsLoaded { get; private set; }

    /// <summary>Whether there are messages below the first of these.</summary>
    public bool HasOlder { get; private set; }

    /// <summary>As they are now; never changes afterwards.</summary>
    public IReadOnlyList<Message> Messages => copy ??= [.. messages];

    /// <summary>Forgets all and holds these, the last messages up to the head.</summary>
    public void Reset(IEnumerable<Message> snapshot, bool hasOlder, long head)
    {
        Restart(head + 1, hasOlder);
        IsLoaded = true;
        messages.AddRange(snapshot.OrderBy(m => m.Seq));
        From = !hasOlder ? 0 : messages.Count > 0 ? messages[0].Seq : head + 1;
        LetGo(most);
    }

    /// <summary>Forgets all: only messages from this <see cref="Message.Seq"/> on are held until a page is taken.</summary>
    public void Restart(long from, bool hasOlder = true)
    {
        messages.Clear();
        growing.Clear();
        (copy, most, ahead, meanwhile) = (null, kept, 0, null);
        (From, HasOlder, IsLoaded) = (from, hasOlder, false);
        life++;
    }

    /// <returns>The record that was here for it; null for none, or for one that is not older.</returns>
    public Message? Put(Message message)
    {
        if (message.ThreadSeq != threadSeq || message.Seq < From)
        {
            // One that was let go must not tear a hole between it and the others.
            growing.Pass(message);
            if (message.ThreadSeq == threadSeq) Remember(message);
            return null;
        }
        var index = IndexOf(message.Seq);
        if (index < 0)
        {
            messages.Insert(~index, growing.Take(message, null));
            LetGo(most + ahead);
            return null;
        }
        var before = messages[index];
        if (message.Version >= before.Version) messages[index] = growing.Take(message, before);
        copy = null;
        // A page may have brought it already as it is now: then nobody knows what it was.
        return message.Version > before.Version ? before : null;
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

    /// <summary>The message with this <see cref="Message.Seq"/>; null where it is not held.</summary>
    public Message? Find(long seq) => IndexOf(seq) is >= 0 and var index ? messages[index] : null;

    /// <summary>The page below is about to be asked for. While it is on its way, as many more are held: what is let go above it would be a hole.</summary>
    public PageRequest Expect(int limit)
    {
        meanwhile = [];
        ahead += limit;
        return new(From, life);
    }

    /// <summary>Takes the page that was asked for.</summary>
    /// <returns>False when it no longer fits below what is held, and is to be asked for again.</returns>
    public bool Take(PageRequest request, History page)
    {
        if (request != new PageRequest(From, life) || meanwhile is null || meanwhile.Count > MeanwhileAtMost) return false;
        var older = page.Messages.Where(m => m.Seq < From && m.ThreadSeq == threadSeq).OrderBy(m => m.Seq)
            .Select(m => meanwhile.TryGetValue(m.Seq, out var changed) && changed.Version > m.Version ? changed : m)
            .Select(m => growing.Take(m, null)).ToList();
        messages.InsertRange(0, older);
        (HasOlder, IsLoaded) = (page.HasOlder, true);
        if (!HasOlder) From = 0;
        else if (older.Count > 0) From = older[0].Seq;
        most += older.Count;
        Settle();
        return true;
    }

    /// <summary>No page is on its way any more.</summary>
    public void Settle()
    {
        (meanwhile, ahead) = (null, 0);
        LetGo(most);
    }

    /// <summary>Lets the oldest go; from now on the window grows to its usual size only.</summary>
    public void Trim(int most)
    {
        this.most = Math.Max(kept, most);
        LetGo(most);
    }

    private void Remember(Message message)
    {
        if (meanwhile is null || meanwhile.Count > MeanwhileAtMost) return;
        if (!meanwhile.TryGetValue(message.Seq, out var known) || known.Version < message.Version) meanwhile[message.Seq] = message;
    }

    private void LetGo(int above)
    {
        copy = null;
        if (messages.Count <= above) return;
        messages.RemoveRange(0, messages.Count - above);
        (HasOlder, From) = (true, messages[0].Seq);
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

/// <summary>What a page was asked for.</summary>
/// <param name="From">Messages below this <see cref="Message.Seq"/>.</param>
/// <param name="Life">Of which life of the window: another begins when all is forgotten.</param>
internal readonly record struct PageRequest(long From, int Life);
