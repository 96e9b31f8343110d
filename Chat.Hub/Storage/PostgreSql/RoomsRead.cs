using Chat.Hub.Rooms;
using Npgsql;

namespace Chat.Hub.Storage.PostgreSql;

/// <summary>Locks the rooms of some changes and reads what they need, in one round trip.</summary>
internal sealed class RoomsRead
{
    // In the order of the keys: two nodes can never wait for each other. Held to the end of the transaction, so that the
    // next statement sees what was committed before the lock was given.
    private const string LockNames = """
        select pg_advisory_xact_lock(key) from (
            select distinct hashtextextended(name, 1) as key from unnest($1) as wanted (name) order by key) as keys
        """;

    private const string LockRooms = $"select {Rows.RoomColumns} from rooms r where r.id = any($1) order by r.id for update";

    private const string Members = $"""
        select {Rows.MemberColumns} from unnest($1, $2) as wanted (room, person)
        join members m on m.room_id = wanted.room and m.user_id = wanted.person
        """;

    private const string Posted = $"""
        select {Rows.MessageColumns}, fingerprint from unnest($1, $2) as wanted (person, number)
        join messages on author_id = wanted.person and client_message_id = wanted.number
        """;

    private const string Messages = """
        select room_id, seq from unnest($1, $2) as wanted (room, number)
        join messages on room_id = wanted.room and seq = wanted.number
        """;

    private const string Names = "select name_key from rooms where kind = 'public' and name_key = any($1)";

    private RoomsRead(Ledger ledger, HashSet<Guid> existing) => (Ledger, Existing) = (ledger, existing);

    public Ledger Ledger { get; }

    /// <summary>Rooms that were there before.</summary>
    public HashSet<Guid> Existing { get; }

    public static async Task<RoomsRead> Load(WriteTransaction transaction, Needs needs)
    {
        await using var batch = transaction.Begin();
        Ask(batch, needs);
        await using var rows = await batch.ExecuteReaderAsync();
        var ledger = new Ledger();
        if (needs.RoomNames.Count > 0) await rows.All(_ => true);
        var rooms = await rows.All(Rows.State);
        foreach (var (room, head, seats, _) in rooms)
        {
            var target = ledger.Room(room.RoomId);
            (target.Room, target.Head, target.Seats) = (room, head, seats);
        }
        foreach (var member in await rows.All(Rows.Member)) ledger.Room(member.RoomId).Members[member.UserId] = member;
        foreach (var posted in await rows.All(Rows.Posted))
            ledger.Posted[(posted.Message.AuthorId!.Value, posted.Message.ClientMessageId!.Value)] = posted;
        foreach (var (room, seq) in await rows.All(row => (row.GetGuid(0), row.GetInt64(1)))) ledger.Room(room).MessageSeqs.Add(seq);
        ledger.RoomNames.UnionWith(await rows.All(row => row.GetString(0)));
        return new RoomsRead(ledger, [.. rooms.Select(state => state.Room.RoomId)]);
    }

    private static void Ask(NpgsqlBatch batch, Needs needs)
    {
        // Nobody waits long for a room that is held: the log lets its changes wait aside.
        batch.Add("set local lock_timeout = 500");
        var names = needs.RoomNames.ToArray();
        if (names.Length > 0) batch.Add(LockNames, [names]);
        batch.Add(LockRooms, [needs.Rooms.ToArray()]);
        batch.Add(Members, needs.Members.Select(key => key.RoomId).ToArray(), needs.Members.Select(key => key.UserId).ToArray());
        batch.Add(Posted, needs.Posted.Select(key => key.AuthorId).ToArray(), needs.Posted.Select(key => key.ClientMessageId).ToArray());
        batch.Add(Messages, needs.Messages.Select(key => key.RoomId).ToArray(), needs.Messages.Select(key => key.Seq).ToArray());
        batch.Add(Names, [names]);
    }
}
