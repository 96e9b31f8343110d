using Chat.Contracts;
using Chat.Hub.Rooms;
using Npgsql;
using static Chat.Hub.Storage.PostgreSql.Batches;

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

    private const string LockRooms = $"select {Rows.RoomColumns}, r.password_hash, r.empty_since from rooms r where r.id = any($1) order by r.id for update";

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

    private const string FindRoots = $"""
        select {Rows.MessageColumns} from (
            select w.room, r.thread_seq as number from unnest($1, $2) as w (room, number)
            join messages r on r.room_id = w.room and r.seq = w.number where r.thread_seq is not null) as wanted
        join messages on room_id = wanted.room and seq = wanted.number
        """;

    private const string FindAuthors = $"""
        select {Rows.MemberColumns} from unnest($1, $2) as w (room, number)
        join messages t on t.room_id = w.room and t.seq = w.number
        join members m on m.room_id = t.room_id and m.user_id = t.author_id
        """;

    private const string FindLeaders = $"""
        select {Rows.MemberColumns} from unnest($1) as wanted (room) cross join lateral (
            select * from members m where m.room_id = wanted.room and m.state = 'active'
            order by case m.role when 'owner' then 0 when 'moderator' then 1 else 2 end, m.joined_at, m.user_id limit 2) as m
        """;

    private const string FindNames = "select name_key from rooms where kind = 'public' and deleted_at is null and name_key = any($1)";

    private const string CountPins = """
        select wanted.room, (select count(*)::int from messages m where m.room_id = wanted.room and m.pinned_at is not null)
        from unnest($1) as wanted (room)
        """;

    // Locked: what a message is about to take is not cleared away as unused. In one order, as all locks.
    private const string FindFiles = $"select {FileRows.Columns} from attachments where id = any($1) order by id for update";

    private const string FindFilesOf = $"""
        select {FileRows.Columns} from unnest($1, $2) as wanted (room, number)
        join attachments on room_id = wanted.room and message_seq = wanted.number
        """;

    private const string FindLinks = $"select {Rows.LinkColumns} from invite_links l where l.id = any($1)";

    private RoomsRead(Ledger ledger, HashSet<Guid> existing) => (Ledger, Existing) = (ledger, existing);

    public Ledger Ledger { get; }

    /// <summary>Rooms that were there before.</summary>
    public HashSet<Guid> Existing { get; }

    public static async Task<RoomsRead> Load(WriteTransaction transaction, Needs needs)
    {
        var ledger = new Ledger();
        var existing = new HashSet<Guid>();
        await using var batch = transaction.Begin();
        // Nobody waits long for a room that is held: the log lets its changes wait aside.
        batch.Add("set local lock_timeout = 500");
        // What nobody needs is not asked: a lone message takes three statements, not twelve.
        var readers = Ask(batch, ledger, existing, needs).ToList();
        await using var rows = await batch.ExecuteReaderAsync();
        foreach (var read in readers) await read(rows);
        return new RoomsRead(ledger, existing);
    }

    /// <summary>Adds the statements, and answers how to read each one's rows.</summary>
    private static IEnumerable<Func<NpgsqlDataReader, Task>> Ask(NpgsqlBatch batch, Ledger ledger, HashSet<Guid> existing, Needs needs)
    {
        var names = needs.RoomNames.ToArray();
        if (names.Length > 0)
        {
            batch.Add(LockNames, [names]);
            yield return rows => rows.All(_ => true);
        }
        batch.Add(LockRooms, [needs.Rooms.ToArray()]);
        yield return async rows => (await rows.All(row => Keep(ledger, row))).ForEach(id => existing.Add(id));
        batch.Add(StreamsAndWebhooksWrite.FindListeners, [needs.Rooms.ToArray()]);
        yield return async rows => StreamsAndWebhooksWrite.Keep(ledger, await rows.All(StreamsAndWebhooksWrite.Listener));
        if (needs.Members.Count > 0)
        {
            batch.Add(FindMembers, Each(needs.Members, key => key.RoomId), Each(needs.Members, key => key.UserId));
            yield return async rows => Keep(ledger, await rows.All(Rows.Member));
        }
        if (needs.Leaders.Count > 0)
        {
            batch.Add(FindLeaders, [needs.Leaders.ToArray()]);
            yield return async rows => Keep(ledger, await rows.All(Rows.Member));
        }
        if (needs.Posted.Count > 0)
        {
            batch.Add(FindPosted, Each(needs.Posted, key => key.AuthorId), Each(needs.Posted, key => key.ClientMessageId));
            yield return async rows => Keep(ledger, await rows.All(Rows.Posted));
        }
        if (needs.Messages.Count > 0)
        {
            batch.Add(FindMessages, Each(needs.Messages, key => key.RoomId), Each(needs.Messages, key => key.Seq));
            yield return async rows => Keep(ledger, await rows.All(Rows.Message));
        }
        if (needs.WithTheirs.Count > 0)
        {
            var (rooms, seqs) = (Each(needs.WithTheirs, key => key.RoomId), Each(needs.WithTheirs, key => key.Seq));
            batch.Add(FindRoots, rooms, seqs).Add(FindAuthors, rooms, seqs);
            yield return async rows => Keep(ledger, await rows.All(Rows.Message));
            yield return async rows => Keep(ledger, await rows.All(Rows.Member));
        }
        if (needs.Attachments.Count > 0)
        {
            batch.Add(FindFiles, [needs.Attachments.ToArray()]);
            yield return async rows => (await rows.All(FileRows.File)).ForEach(ledger.Files.Keep);
        }
        if (needs.WithFiles.Count > 0)
        {
            batch.Add(FindFilesOf, Each(needs.WithFiles, key => key.RoomId), Each(needs.WithFiles, key => key.Seq));
            yield return async rows => (await rows.All(FileRows.File)).ForEach(ledger.Files.Keep);
        }
        if (names.Length > 0)
        {
            batch.Add(FindNames, [names]);
            yield return async rows => ledger.RoomNames.UnionWith(await rows.All(row => row.GetString(0)));
        }
        if (needs.Pins.Count > 0)
        {
            batch.Add(CountPins, [needs.Pins.ToArray()]);
            yield return async rows => (await rows.All(row => (row.GetGuid(0), row.GetInt32(1)))).ForEach(count => ledger.Room(count.Item1).Pins = count.Item2);
        }
        if (needs.Links.Count > 0)
        {
            batch.Add(FindLinks, [needs.Links.ToArray()]);
            yield return async rows => (await rows.All(Rows.Link)).ForEach(link => ledger.Links[link.Id] = link);
        }
    }

    private static Guid Keep(Ledger ledger, NpgsqlDataReader row)
    {
        var (room, head, seats, _) = Rows.State(row);
        var target = ledger.Room(room.RoomId);
        (target.Room, target.Head, target.Seats) = (room, head, seats);
        target.PasswordHash = row.IsDBNull(Rows.RoomWidth) ? null : row.GetString(Rows.RoomWidth);
        target.EmptySince = row.TimeOrNull(Rows.RoomWidth + 1);
        return room.RoomId;
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
