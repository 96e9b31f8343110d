using Chat.Contracts;
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

    private const string FindMembers = $"""
        select {Rows.MemberColumns} from unnest($1, $2) as wanted (room, person)
        join members m on m.room_id = wanted.room and m.user_id = wanted.person
        """;

    private const string FindPosted = $"""
        select {Rows.MessageColumns}, fingerprint from unnest($1, $2) as wanted (person, number)
        join messages on author_id = wanted.person and client_message_id = wanted.number
        """;

    private const string FindMessages = $"""
        select {Rows.MessageColumns} from unnest($1, $2) as wanted (room, number)
        join messages on room_id = wanted.room and seq = wanted.number
        """;

    private const string FindNames = "select name_key from rooms where kind = 'public' and name_key = any($1)";

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
        if (needs.Members.Count > 0) Keep(ledger, await rows.All(Rows.Member));
        if (needs.Posted.Count > 0) Keep(ledger, await rows.All(Rows.Posted));
        if (needs.Messages.Count > 0) Keep(ledger, await rows.All(Rows.Message));
        if (needs.RoomNames.Count > 0) ledger.RoomNames.UnionWith(await rows.All(row => row.GetString(0)));
        StreamsAndWebhooksWrite.Keep(ledger, await rows.All(StreamsAndWebhooksWrite.Listener));
        return new RoomsRead(ledger, [.. rooms.Select(state => state.Room.RoomId)]);
    }

    private static void Ask(NpgsqlBatch batch, Needs needs)
    {
        // Nobody waits long for a room that is held: the log lets its changes wait aside.
        batch.Add("set local lock_timeout = 500");
        var names = needs.RoomNames.ToArray();
        if (names.Length > 0) batch.Add(LockNames, [names]);
        batch.Add(LockRooms, [needs.Rooms.ToArray()]);
        // What nobody needs is not asked: a lone message takes three statements, not six.
        if (needs.Members.Count > 0) batch.Add(FindMembers, needs.Members.Select(key => key.RoomId).ToArray(), needs.Members.Select(key => key.UserId).ToArray());
        if (needs.Posted.Count > 0) batch.Add(FindPosted, needs.Posted.Select(key => key.AuthorId).ToArray(), needs.Posted.Select(key => key.ClientMessageId).ToArray());
        if (needs.Messages.Count > 0) batch.Add(FindMessages, needs.Messages.Select(key => key.RoomId).ToArray(), needs.Messages.Select(key => key.Seq).ToArray());
        if (names.Length > 0) batch.Add(FindNames, [names]);
        batch.Add(StreamsAndWebhooksWrite.FindListeners, [needs.Rooms.ToArray()]);
    }

    private static void Keep(Ledger ledger, List<Member> members)
    {
        foreach (var member in members) ledger.Room(member.RoomId).Members[member.UserId] = member;
    }

    private static void Keep(Ledger ledger, List<Posted> posted)
    {
        foreach (var before in posted) ledger.Posted[(before.Message.AuthorId!.Value, before.Message.ClientMessageId!.Value)] = before;
    }

    private static void Keep(Ledger ledger, List<Message> messages)
    {
        foreach (var message in messages) ledger.Room(message.RoomId).Messages[message.Seq] = message;
    }
}
