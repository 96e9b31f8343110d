using Chat.Contracts;
using Chat.Hub.Rooms;

namespace Chat.Hub.Storage.Sqlite;

/// <summary>
/// Rooms and members as the last changes saw them, so that those who talk are not looked up with every message (38 µs each, where
/// all came from the tables). Whoever writes to a room has it forgotten: one process writes, and by one connection.
/// </summary>
internal sealed class KnownRooms(SqliteRoomReader reader)
{
    // Some 20 MB at most, of rooms and members together.
    private const int Most = 32_768;

    private readonly Dictionary<Guid, Known> rooms = [];
    private int members;

    /// <summary>Reads a room and those of its members that changes ask for, from here or from the tables.</summary>
    public void Load(Ledger ledger, Needs needs)
    {
        if (rooms.Count + members > Most) Forget();
        foreach (var roomId in needs.Rooms) Load(ledger.Room(roomId));
        foreach (var (roomId, userId) in needs.Members)
        {
            if (Find(ledger, roomId, userId) is { } member) ledger.Room(roomId).Members[userId] = member;
        }
    }

    /// <summary>Only messages were added to the rooms.</summary>
    public void Note(Ledger ledger)
    {
        foreach (var room in ledger.Rooms)
        {
            // One that was asked for a message or member only was not read itself.
            if (room.Room is not null && rooms.TryGetValue(room.RoomId, out var known)) known.Head = room.Head;
        }
    }

    public void Forget(Guid roomId)
    {
        if (rooms.Remove(roomId, out var known)) members -= known.Members.Count;
    }

    public void Forget()
    {
        rooms.Clear();
        members = 0;
    }

    private void Load(RoomLedger room)
    {
        if (rooms.TryGetValue(room.RoomId, out var known))
        {
            known.CopyTo(room);
            return;
        }
        reader.LoadRoom(room);
        if (room.Room is not null) rooms[room.RoomId] = new Known(room);
    }

    private Member? Find(Ledger ledger, Guid roomId, Guid userId)
    {
        if (!rooms.TryGetValue(roomId, out var known)) return reader.FindMember(roomId, userId);
        if (known.Members.TryGetValue(userId, out var member)) return member;
        if (reader.FindMember(roomId, userId) is not { } found) return null;
        members++;
        return known.Members[userId] = found;
    }

    private sealed class Known(RoomLedger from)
    {
        private readonly Room? room = from.Room;
        private readonly int seats = from.Seats;
        private readonly string? passwordHash = from.PasswordHash;
        private readonly DateTimeOffset? emptySince = from.EmptySince;
        private readonly List<WebhookListener> listeners = [.. from.Listeners];

        public long Head { get; set; } = from.Head;

        public Dictionary<Guid, Member> Members { get; } = [];

        public void CopyTo(RoomLedger ledger)
        {
            (ledger.Room, ledger.Head, ledger.Seats, ledger.PasswordHash, ledger.EmptySince) = (room, Head, seats, passwordHash, emptySince);
            ledger.Listeners.AddRange(listeners);
        }
    }
}
