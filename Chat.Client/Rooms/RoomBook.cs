using Chat.Client.Events;
using Chat.Client.Sending;
using Chat.Contracts;

namespace Chat.Client.Rooms;

/// <summary>All rooms of the user. Whatever comes, in whatever order, from calls and from events, is entered here.</summary>
internal sealed class RoomBook(ClientGear gear, EventQueue queue, ClientEvents events, Outbox outbox, ChatClient? client = null)
{
    private readonly Lock gate = new();
    private readonly Dictionary<Guid, ChatRoom> rooms = [];
    private readonly Strangers strangers = new();
    private List<RoomRecord>? early;

    /// <summary>What all rooms use.</summary>
    public RoomGear Gear { get; } = new(gear, queue, events, outbox, client);

    /// <summary>The rooms that the user is invited to.</summary>
    public Invitations Invitations { get; } = new(events);

    /// <summary>Names the life of the store; empty before the first connection.</summary>
    public string Epoch { get; private set; } = "";

    /// <summary>Who is signed in; null before the first connection.</summary>
    public User? Me => Gear.Me;

    public IReadOnlyList<ChatRoom> Rooms
    {
        get
        {
            lock (gate) return [.. rooms.Values];
        }
    }

    public ChatRoom? Find(Guid roomId)
    {
        lock (gate) return rooms.GetValueOrDefault(roomId);
    }

    /// <summary>A link begins: live records are kept until <see cref="Apply(Connected)"/> says what they follow.</summary>
    public void Expect()
    {
        lock (gate) early = [];
    }

    /// <summary>The rooms with the versions up to which all is known.</summary>
    public IReadOnlyList<RoomHead> Known(int atMost)
    {
        lock (gate)
        {
            return [.. rooms.Values.Where(room => room.State.Sequence.Epoch == Epoch).Take(atMost)
                .Select(room => new RoomHead { RoomId = room.Id, Head = room.State.Sequence.Known })];
        }
    }

    /// <summary>The answer to the first words on a link.</summary>
    /// <returns>The rooms that are behind.</returns>
    public IReadOnlyList<Guid> Apply(Connected connected)
    {
        lock (gate)
        {
            var mine = connected.Rooms.ToDictionary(room => room.Room.RoomId);
            var isOther = Me is not null && Me.Id != connected.User.Id;
            foreach (var gone in rooms.Keys.Where(id => isOther || !mine.ContainsKey(id)).ToList()) Remove(gone, WhyGone(connected, gone));
            (Gear.Me, Epoch) = (connected.User, connected.Epoch);
            outbox.Attach(connected.User.Id);
            Invitations.Set(connected.Invitations);

            foreach (var place in connected.Rooms)
            {
                // Live records wait until now, so that what is known is what was told. What is shown stays until the snapshot.
                if (rooms.TryGetValue(place.Room.RoomId, out var held)) held.State.Sequence.Connect(connected.Epoch, place.Head);
                Enter(place, place.Sync);
            }
            var waiting = early ?? [];
            early = null;
            foreach (var record in waiting) Take(record);
            foreach (var room in rooms.Values) room.Attach();
            Gear.TouchAll();
            return [.. rooms.Values.Where(room => room.State.Sequence.IsBehind).Select(room => room.Id), .. strangers.Ids];
        }
    }

    /// <summary>The answer to joining or making a room.</summary>
    public ChatRoom Enter(RoomEntry entry)
    {
        lock (gate) return Enter(entry.Mine, entry.Snapshot);
    }

    /// <summary>A live record, or one that a call answered.</summary>
    /// <returns>Whether its room is behind.</returns>
    public bool Take(RoomRecord record)
    {
        lock (gate)
        {
            if (early is not null)
            {
                early.Add(record);
                return false;
            }
            var room = rooms.GetValueOrDefault(record.RoomId);
            // Nothing will tell it again: what is known holds it, or leaves it out as a page does what is far above or in a thread.
            if (record is Message message && record.Version <= (room?.State.Sequence.Known ?? long.MaxValue)) outbox.Arrive(message);
            if (room is null) return strangers.Take(record, Me?.Id);
            var wasBehind = room.State.Sequence.IsBehind;
            Tell(room, room.State.Accept(record));
            if (room.State.Sequence.IsBehind != wasBehind) room.Touch();
            RemoveIfOut(room);
            return room.State.Sequence.IsBehind;
        }
    }

    /// <returns>Whether the room is behind.</returns>
    public bool Hear(RoomHead head)
    {
        // Before the answer to the first words a head may be of another epoch, and the answer tells it anyway.
        lock (gate)
        {
            if (early is not null || !rooms.TryGetValue(head.RoomId, out var room) || !room.State.Sequence.Hear(head.Head)) return false;
            room.Touch();
            return true;
        }
    }

    /// <summary>A piece of a message that is still being written.</summary>
    public void Hear(StreamChunk chunk)
    {
        lock (gate)
        {
            if (early is null && rooms.TryGetValue(chunk.RoomId, out var room)) room.Tell(chunk);
        }
    }

    public void Apply(RoomSync sync)
    {
        lock (gate)
        {
            if (!rooms.TryGetValue(sync.RoomId, out var room))
            {
                if (!strangers.Knows(sync.RoomId) || sync.Room is null) return;
                room = Add(sync.Room);
                // Read up to the coming in, as the server has it; what was said since is counted by the server.
                room.State.Unread.SetRead(strangers.JoinedAt(sync.RoomId, Me?.Id) ?? sync.Head);
            }
            Apply(room, sync);
        }
    }

    public bool IsBehind(Guid roomId)
    {
        lock (gate) return rooms.TryGetValue(roomId, out var room) ? room.State.Sequence.IsBehind : strangers.Knows(roomId);
    }

    /// <summary>What to ask for a new count of unread messages; null where there is no doubt about it.</summary>
    public MarkRead? Doubt(Guid roomId)
    {
        lock (gate)
        {
            return rooms.TryGetValue(roomId, out var room) && room.State.Unread is { IsInDoubt: true } unread
                ? new MarkRead { RoomId = roomId, Seq = unread.ReadSeq }
                : null;
        }
    }

    /// <summary>What to ask to get a room current.</summary>
    public SyncRoom Question(Guid roomId)
    {
        lock (gate)
        {
            var sequence = rooms.GetValueOrDefault(roomId)?.State.Sequence;
            return new SyncRoom { RoomId = roomId, Version = sequence?.Known ?? 0, Epoch = sequence?.Epoch ?? "" };
        }
    }

    /// <summary>The room is no longer one of the user's.</summary>
    public void Remove(Guid roomId, RoomRemoval why)
    {
        lock (gate)
        {
            strangers.Forget(roomId);
            if (!rooms.Remove(roomId, out var room)) return;
            room.Removal = why;
            outbox.ForgetSent(roomId);
            Gear.Leave(room);
            events.Removed(room);
            room.Close();
        }
    }

    private static RoomRemoval WhyGone(Connected connected, Guid roomId) =>
        connected.Deleted.FirstOrDefault(room => room.RoomId == roomId) is { } deleted ? RoomRemoval.Of(deleted)
        : connected.Ended.FirstOrDefault(member => member.RoomId == roomId) is { } member ? RoomRemoval.Of(member)
        : RoomRemoval.Unknown;

    private ChatRoom Enter(MyRoom mine, RoomSync? sync)
    {
        var room = rooms.GetValueOrDefault(mine.Room.RoomId) ?? Add(mine.Room);
        room.State.Take(mine);
        if (sync is not null) Apply(room, sync);
        return room;
    }

    private void Apply(ChatRoom room, RoomSync sync)
    {
        var (known, wasLoaded) = (room.State.Sequence.Known, room.State.IsLoaded);
        var outcome = room.State.Apply(sync);
        if (outcome.Reset) Tell(room, sync, wasLoaded ? new MessageGap(room.Id, known, sync.Head + 1) : null);
        Tell(room, outcome.News, known);
        Tell(room, outcome.Released);
        foreach (var record in strangers.Forget(room.Id)) Take(record);
        room.Touch();
        RemoveIfOut(room);
    }

    private void Tell(ChatRoom room, IReadOnlyList<RoomRecord> records, long? above = null)
    {
        room.Tell(records, above);
        foreach (var message in records.OfType<Message>()) outbox.Arrive(message);
    }

    private void Tell(ChatRoom room, RoomSync snapshot, MessageGap? missed)
    {
        room.Tell(snapshot, missed);
        foreach (var message in snapshot.Messages) outbox.Arrive(message);
        outbox.ForgetSent(room.Id);
    }

    private ChatRoom Add(Room room)
    {
        var added = new ChatRoom(new RoomState(gate, Me!.Id, room, gear.Options.MessagesKept), Gear);
        rooms.Add(room.RoomId, added);
        Gear.Enter(added);
        events.Added(added);
        Invitations.Remove(room.RoomId);
        return added;
    }

    private void RemoveIfOut(ChatRoom room)
    {
        if (room.State.Membership is { State: not MemberState.Active } gone) Remove(room.Id, RoomRemoval.Of(gone));
    }
}
