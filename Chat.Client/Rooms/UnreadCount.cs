using Chat.Contracts;

namespace Chat.Client.Rooms;

/// <summary>Counts what the user has not read: messages of others above the read marker, not deleted, not of the system.</summary>
internal sealed class UnreadCount(Guid me)
{
    private long countedTo;

    public long ReadSeq { get; private set; }

    public int Unread { get; private set; }

    public int Mentions { get; private set; }

    /// <summary>The server's own count.</summary>
    /// <param name="mine">With it.</param>
    public void Set(MyRoom mine)
    {
        (ReadSeq, Unread, Mentions) = (mine.ReadSeq, mine.Unread, mine.UnreadMentions);
        countedTo = mine.Head;
    }

    /// <summary>Begins with everything read.</summary>
    public void SetRead(long head) => (ReadSeq, Unread, Mentions, countedTo) = (head, 0, 0, head);

    /// <summary>Counts a change; <see cref="CountedTo"/> follows each live record, and a sync as a whole.</summary>
    public void Take(Message message, Message? before)
    {
        if (message.Version <= countedTo || message.Seq <= ReadSeq) return;
        if (message.Seq > countedTo)
        {
            if (Counts(message)) Add(message, 1);
        }
        else if (message.DeletedAt is not null && before is not { DeletedAt: not null } && Counts(message with { DeletedAt = null }))
        {
            Add(before ?? message, -1);
        }
    }

    /// <summary>All changes up to this version are counted.</summary>
    public void CountedTo(long version) => countedTo = Math.Max(countedTo, version);

    /// <summary>After a snapshot: what it holds, or what was counted before where it does not reach back far enough.</summary>
    public void Recount(MessageWindow window)
    {
        var (unread, mentions) = Count(window);
        (Unread, Mentions) = window.Covers(ReadSeq)
            ? (unread, mentions)
            : (Math.Max(unread, Unread), Math.Max(mentions, Mentions));
    }

    /// <summary>Moves the marker; the own count is preferred, since the server's may be of another moment.</summary>
    public void Move(ReadMarker marker, MessageWindow window)
    {
        if (marker.Seq < ReadSeq) return;
        ReadSeq = marker.Seq;
        var (unread, mentions) = Count(window);
        (Unread, Mentions) = window.Covers(ReadSeq) ? (unread, mentions) : (marker.Unread, Math.Min(mentions, marker.Unread));
    }

    private (int Unread, int Mentions) Count(MessageWindow window)
    {
        var open = window.Messages.Where(m => m.Seq > ReadSeq && Counts(m)).ToList();
        return (open.Count, open.Count(Calls));
    }

    private void Add(Message message, int by)
    {
        Unread = Math.Max(0, Unread + by);
        if (Calls(message)) Mentions = Math.Max(0, Mentions + by);
    }

    private bool Counts(Message m) => m.AuthorId != me && m.Kind != MessageKind.System && m.DeletedAt is null;

    private bool Calls(Message m) => m.Mentions.Any(mention => mention.UserId is null || mention.UserId == me);
}
