using Chat.Contracts;

namespace Chat.Client.Rooms;

/// <summary>
/// Counts what the user has not read: messages of others above the read marker, not deleted, not of the system, in no
/// thread; and those that call the user, in threads too. The server counts at a version, and the client counts on from
/// there; where it cannot know, it is in doubt until the server has counted anew.
/// </summary>
internal sealed class UnreadCount(Guid me)
{
    private long countedTo;

    // The server counted changes that are not taken yet: what a message was is not what was counted.
    private bool isAhead;

    public long ReadSeq { get; private set; }

    public int Unread { get; private set; }

    public int Mentions { get; private set; }

    /// <summary>Whether the server is to be asked.</summary>
    public bool IsInDoubt { get; private set; }

    /// <summary>The server's own count.</summary>
    /// <param name="mine">With it.</param>
    /// <param name="known">The version up to which the room's changes are taken.</param>
    public void Set(MyRoom mine, long known) => Set(mine.ReadSeq, mine.Unread, mine.UnreadMentions, mine.Head, known);

    /// <summary>Begins with everything read.</summary>
    public void SetRead(long head) => Set(head, 0, 0, head, head);

    /// <summary>Counts a change; <see cref="CountedTo"/> follows each live record, and a sync as a whole.</summary>
    /// <param name="message">As it is now.</param>
    /// <param name="before">As it was; null where that is not known.</param>
    public void Take(Message message, Message? before)
    {
        if (message.Version <= countedTo || message.Seq <= ReadSeq) return;
        if (message.Seq > countedTo || (before is not null && !isAhead))
        {
            var was = message.Seq > countedTo ? null : before;
            Unread += Worth(Counts, message) - Worth(Counts, was);
            Mentions += Worth(Calls, message) - Worth(Calls, was);
        }
        else if (message.EditedAt is not null || message.DeletedAt is not null || message.Stream is not null)
        {
            IsInDoubt = true;
        }
    }

    /// <summary>All changes up to this version are counted.</summary>
    public void CountedTo(long version)
    {
        if (version < countedTo) return;
        (countedTo, isAhead) = (version, false);
    }

    /// <summary>The room was loaded afresh as it is at a version: what lies between was not counted.</summary>
    public void Skip(long head)
    {
        IsInDoubt |= head > countedTo;
        CountedTo(head);
    }

    /// <summary>Moves the marker, with what the server counted above it.</summary>
    /// <param name="marker">With it.</param>
    /// <param name="known">The version up to which the room's changes are taken.</param>
    public void Move(ReadMarker marker, long known)
    {
        if (marker.Seq < ReadSeq) return;
        // Counted before something that was taken here since: to be counted anew.
        if (marker.Head < countedTo && (marker.Seq > ReadSeq || IsInDoubt))
        {
            (ReadSeq, IsInDoubt) = (marker.Seq, true);
            return;
        }
        if (marker.Head >= countedTo) Set(marker.Seq, marker.Unread, marker.UnreadMentions, marker.Head, known);
    }

    private void Set(long readSeq, int unread, int mentions, long head, long known) =>
        (ReadSeq, Unread, Mentions, countedTo, IsInDoubt, isAhead) = (readSeq, unread, mentions, head, false, head > known);

    private static int Worth(Func<Message, bool> counts, Message? message) => message is not null && counts(message) ? 1 : 0;

    private bool Counts(Message m) => m.ThreadSeq is null && IsOfOthers(m);

    private bool Calls(Message m) => IsOfOthers(m) && m.Mentions.Any(mention => mention.UserId is null || mention.UserId == me);

    private bool IsOfOthers(Message m) => m.AuthorId != me && m.Kind != MessageKind.System && m.DeletedAt is null;
}
