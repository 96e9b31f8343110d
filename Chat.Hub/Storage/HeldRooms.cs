using Chat.Hub.Rooms;

namespace Chat.Hub.Storage;

/// <summary>
/// Rooms that another node holds for too long: their changes wait here, in order, and those of other rooms go on. A node
/// that froze in a commit is let go of within 2 s.
/// </summary>
/// <param name="tryCommit">Commits changes of one room; false when somebody else holds it.</param>
/// <param name="clock">Tells how long changes have waited.</param>
internal sealed class HeldRooms(Func<List<PendingChange>, Task<bool>> tryCommit, TimeProvider clock)
{
    private const int MostWaiting = 500;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(2);

    private readonly Dictionary<Guid, HeldRoom> rooms = [];

    /// <summary>Whether the room of a change is held: then the change waits here, behind those that do.</summary>
    public bool Takes(PendingChange pending)
    {
        lock (rooms)
        {
            if (!rooms.TryGetValue(pending.Change.RoomId, out var room)) return false;
            if (room.Waiting.Count < MostWaiting) room.Waiting.Add(pending);
            else pending.Refuse(Refusal.Unavailable(RetryAfter));
            return true;
        }
    }

    /// <summary>Lets changes of one room wait until the room is free, or for 3 s.</summary>
    public void Hold(List<PendingChange> changes)
    {
        var roomId = changes[0].Change.RoomId;
        lock (rooms)
        {
            if (rooms.TryGetValue(roomId, out var known))
            {
                known.Waiting.AddRange(changes);
                return;
            }
            var room = rooms[roomId] = new HeldRoom();
            room.Waiting.AddRange(changes);
            room.Ended = Task.Run(() => Wait(roomId));
        }
    }

    /// <summary>Done when nothing waits any more.</summary>
    public Task Ended()
    {
        lock (rooms) return Task.WhenAll(rooms.Values.Select(room => room.Ended));
    }

    private async Task Wait(Guid roomId)
    {
        while (Next(roomId) is { } changes)
        {
            var since = clock.GetTimestamp();
            // Each try waits for the lock.
            while (!await tryCommit(changes))
            {
                if (clock.GetElapsedTime(since) < Patience) continue;
                foreach (var pending in changes) pending.Refuse(Refusal.Unavailable(RetryAfter));
                break;
            }
        }
    }

    /// <summary>All that wait for the room. Null when nobody does: from then on its changes go with all others.</summary>
    private List<PendingChange>? Next(Guid roomId)
    {
        lock (rooms)
        {
            var room = rooms[roomId];
            if (room.Waiting.Count is 0)
            {
                rooms.Remove(roomId);
                return null;
            }
            var changes = room.Waiting;
            room.Waiting = [];
            return changes;
        }
    }

    private sealed class HeldRoom
    {
        public List<PendingChange> Waiting { get; set; } = [];

        public Task Ended { get; set; } = Task.CompletedTask;
    }
}
