using System.Collections.Concurrent;

namespace Chat.Hub.Delivery;

/// <summary>Which rooms are listened to on this node, by whom.</summary>
internal sealed class Audience
{
    private readonly ConcurrentDictionary<Guid, HeardRoom> rooms = [];

    public IEnumerable<HeardRoom> Rooms => rooms.Values;

    public int Count => rooms.Count;

    public bool IsHeard(Guid roomId)
    {
        if (Find(roomId) is not { } room) return false;
        lock (room) return room.Listeners.Count > 0;
    }

    /// <summary>Somebody listens from now on; what happened up to the head is known from elsewhere.</summary>
    public void Enter(Guid roomId, Guid userId, long head) => With(roomId, head, room =>
    {
        if (room.Listeners.Count is 0) room.Feed.PassOver(head);
        room.Listeners.Add(userId);
    });

    public void Leave(Guid roomId, Guid userId)
    {
        if (Find(roomId) is not { } room) return;
        lock (room) room.Listeners.Remove(userId);
    }

    /// <summary>Who hears the room on this node.</summary>
    public IReadOnlyList<Guid> ListenersOf(Guid roomId)
    {
        if (Find(roomId) is not { } room) return [];
        lock (room) return [.. room.Listeners];
    }

    public HeardRoom? Find(Guid roomId) => rooms.GetValueOrDefault(roomId);

    /// <summary>The room; begun at the version when nobody has listened to it yet.</summary>
    public HeardRoom FindOrBegin(Guid roomId, long told) => With(roomId, told, _ => { });

    /// <summary>Forgets the rooms that nobody listens to any more.</summary>
    public void Sweep()
    {
        foreach (var room in rooms.Values)
        {
            lock (room)
            {
                if (room.Listeners.Count > 0 || room.IsCatchingUp) continue;
                room.IsGone = true;
                rooms.TryRemove(KeyValuePair.Create(room.RoomId, room));
            }
        }
    }

    private HeardRoom With(Guid roomId, long told, Action<HeardRoom> act)
    {
        while (true)
        {
            var room = rooms.GetOrAdd(roomId, id => new HeardRoom(id, told));
            lock (room)
            {
                if (room.IsGone) continue;
                act(room);
                return room;
            }
        }
    }
}
