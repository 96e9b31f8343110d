using Chat.Contracts;

namespace Chat.Client.Rooms;

/// <summary>What is known of a room. All of a client's rooms share one lock, so that an answer for all of them is one change.</summary>
internal sealed class RoomState(Lock gate, Guid me, Room room, int messagesKept)
{
    public Guid Id { get; } = room.RoomId;

    public Room Room { get; private set; } = room;

    public Member? Membership { get; private set; }

    public RoomSequence Sequence { get; } = new();

    public MessageWindow Window { get; } = new(messagesKept);

    public Roster Roster { get; } = new();

    public UnreadCount Unread { get; } = new(me);

    public People People { get; } = new();

    /// <summary>Whether there ever was a snapshot.</summary>
    public bool IsLoaded { get; private set; }

    /// <summary>Locks all that is known of the client's rooms.</summary>
    public Lock Gate => gate;

    public Guid Me => me;

    public T Read<T>(Func<RoomState, T> what)
    {
        lock (gate) return what(this);
    }

    /// <summary>The records that are in order now; they are taken.</summary>
    public IReadOnlyList<RoomRecord> Accept(RoomRecord record)
    {
        var records = Sequence.Accept(record);
        TakeLive(records);
        return records;
    }

    /// <summary>The room's place among mine, with the server's own counts. Its sync is applied apart from it.</summary>
    public void Take(MyRoom mine)
    {
        Sequence.Hear(mine.Head);
        if (mine.Room.Version >= Room.Version) Room = mine.Room;
        Membership = mine.Membership;
        Unread.Set(mine, Sequence.Known);
        if (mine.Head >= Sequence.Known) Roster.CountedAs(mine.MemberCount);
    }

    public SyncOutcome Apply(RoomSync sync)
    {
        // Live records may have overtaken the answer: then it counts members who have come or gone since.
        var isOvertaken = sync.Head < Sequence.Known;
        var outcome = Sequence.Apply(sync);
        if (outcome == SyncOutcome.Nothing) return outcome;
        if (outcome.Reset) Take(sync);
        foreach (var record in outcome.News) Take(record);
        if (outcome.Reset) Unread.Skip(sync.Head);
        else Unread.CountedTo(sync.Head);
        if (!isOvertaken || outcome.Reset) Roster.CountedAs(sync.MemberCount);
        TakeLive(outcome.Released);
        return outcome;
    }

    public void Move(ReadMarker marker)
    {
        lock (gate) Unread.Move(marker, Sequence.Known);
    }

    private void Take(RoomSync snapshot)
    {
        IsLoaded = true;
        Room = snapshot.Room ?? Room;
        Membership = snapshot.Members.FirstOrDefault(m => m.UserId == me) ?? Membership;
        Window.Reset(snapshot.Messages, snapshot.HasOlder, snapshot.Head);
        Roster.Reset(snapshot.Members, snapshot.MemberCount);
    }

    private void TakeLive(IReadOnlyList<RoomRecord> records)
    {
        foreach (var record in records)
        {
            Take(record);
            Unread.CountedTo(record.Version);
        }
    }

    private void Take(RoomRecord record)
    {
        if (record is Room room) Room = room;
        if (record is Message message) Unread.Take(message, Window.Put(message));
        if (record is not Member member) return;
        Roster.Put(member);
        if (member.State is not MemberState.Active) People.Leave(member.UserId);
        if (member.UserId == me) Membership = member;
    }
}
