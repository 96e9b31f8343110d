using Chat.Contracts;
using Chat.Contracts.Wire;
using Chat.Hub.Rooms;
using Npgsql;

namespace Chat.Hub.Storage.PostgreSql;

/// <summary>Writes what a ledger gathered: one statement for each kind of record, whatever their number, in one round trip.</summary>
internal static class RoomsWrite
{
    private const string AddRooms = """
        insert into rooms (id, kind, name, name_key, topic, created_by, created_at, seat_limit, is_temporary, archived_at, version, head, seats)
        select * from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
        """;

    private const string ChangeRooms = """
        update rooms r set kind = n.kind, name = n.name, name_key = n.name_key, topic = n.topic, seat_limit = n.seat_limit,
            is_temporary = n.is_temporary, archived_at = n.archived_at, version = n.version
        from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9)
            as n (id, kind, name, name_key, topic, seat_limit, is_temporary, archived_at, version)
        where r.id = n.id
        """;

    private const string MoveHeads = """
        update rooms r set head = n.head, seats = n.seats, changed = pg_current_xact_id()
        from unnest($1, $2, $3) as n (id, head, seats) where r.id = n.id
        """;

    // Whoever comes in has read what was there before: the number of unread messages counts from the joining.
    private const string PutMembers = """
        insert into members (room_id, user_id, name, name_key, user_kind, role, state, joined_at, left_at, muted_until, banned_until, version, read_seq)
        select *, n.version from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
            as n (room_id, user_id, name, name_key, user_kind, role, state, joined_at, left_at, muted_until, banned_until, version)
        on conflict (room_id, user_id) do update set name = excluded.name, name_key = excluded.name_key, user_kind = excluded.user_kind,
            role = excluded.role, state = excluded.state, joined_at = excluded.joined_at, left_at = excluded.left_at,
            muted_until = excluded.muted_until, banned_until = excluded.banned_until, version = excluded.version,
            read_seq = case when members.state <> 'active' and excluded.state = 'active' then excluded.version else members.read_seq end,
            changed = pg_current_xact_id()
        """;

    private const string AddMessages = """
        insert into messages (room_id, seq, id, version, kind, author_id, author_name, client_message_id, fingerprint, text, reply_to_seq,
            created_at, edited_at, deleted_at, deleted_by, extras)
        select * from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
        """;

    private const string ChangeMessages = """
        update messages m set version = n.version, text = n.text, edited_at = n.edited_at, deleted_at = n.deleted_at,
            deleted_by = n.deleted_by, extras = n.extras
        from unnest($1, $2, $3, $4, $5, $6, $7, $8) as n (room_id, seq, version, text, edited_at, deleted_at, deleted_by, extras)
        where m.room_id = n.room_id and m.seq = n.seq
        """;

    /// <summary>Writes and commits.</summary>
    public static async Task Save(WriteTransaction transaction, RoomsRead read)
    {
        var changed = read.Ledger.Rooms.Where(room => room.Written.Count > 0).ToList();
        if (changed.Count is 0) return;

        await using var batch = transaction.Writing();
        PutRooms(batch, changed, read.Existing);
        var records = changed.SelectMany(room => room.Written).ToList();
        foreach (var round in Rounds(records.OfType<Member>(), member => (member.RoomId, member.UserId))) Put(batch, round);
        Put(batch, records.OfType<Message>().ToList());
        StreamsAndWebhooksWrite.Put(batch, changed);
        await using var rows = await transaction.Commit(batch);
        while (await rows.NextResultAsync())
        {
            // An error of a later statement, or of the commit, is told here.
        }
    }

    private static void PutRooms(NpgsqlBatch batch, List<RoomLedger> changed, HashSet<Guid> existing)
    {
        var added = changed.Where(room => !existing.Contains(room.RoomId)).ToList();
        if (added.Count > 0) Add(batch, added);
        var records = changed.SelectMany(room => room.Written.OfType<Room>().Skip(existing.Contains(room.RoomId) ? 0 : 1));
        foreach (var round in Rounds(records, room => room.RoomId)) Change(batch, round);
        var moved = changed.Where(room => existing.Contains(room.RoomId)).ToList();
        if (moved.Count is 0) return;
        batch.Add(MoveHeads, Each(moved, r => r.RoomId), Each(moved, r => r.Head), Each(moved, r => r.Seats));
    }

    private static void Add(NpgsqlBatch batch, List<RoomLedger> added)
    {
        var rooms = added.ConvertAll(room => room.Written.OfType<Room>().First());
        batch.Add(
            AddRooms, Each(rooms, r => r.RoomId), Each(rooms, r => WireEnum<RoomKind>.ToWire(r.Kind)), Each(rooms, r => r.Name),
            Each(rooms, r => Names.Key(r.Name)), Each(rooms, r => r.Topic), Each(rooms, r => r.CreatedBy),
            Each(rooms, r => Batches.WholeMilliseconds(r.CreatedAt)), Each(rooms, r => r.SeatLimit), Each(rooms, r => r.IsTemporary),
            Each(rooms, r => Batches.WholeMilliseconds(r.ArchivedAt)), Each(rooms, r => r.Version),
            Each(added, r => r.Head), Each(added, r => r.Seats));
    }

    private static void Change(NpgsqlBatch batch, List<Room> rooms) => batch.Add(
        ChangeRooms, Each(rooms, r => r.RoomId), Each(rooms, r => WireEnum<RoomKind>.ToWire(r.Kind)), Each(rooms, r => r.Name),
        Each(rooms, r => Names.Key(r.Name)), Each(rooms, r => r.Topic), Each(rooms, r => r.SeatLimit), Each(rooms, r => r.IsTemporary),
        Each(rooms, r => Batches.WholeMilliseconds(r.ArchivedAt)), Each(rooms, r => r.Version));

    private static void Put(NpgsqlBatch batch, List<Member> members) => batch.Add(
        PutMembers, Each(members, m => m.RoomId), Each(members, m => m.UserId), Each(members, m => m.Name), Each(members, m => Names.Key(m.Name)),
        Each(members, m => WireEnum<UserKind>.ToWire(m.UserKind)), Each(members, m => WireEnum<MemberRole>.ToWire(m.Role)),
        Each(members, m => WireEnum<MemberState>.ToWire(m.State)), Each(members, m => Batches.WholeMilliseconds(m.JoinedAt)),
        Each(members, m => Batches.WholeMilliseconds(m.LeftAt)), Each(members, m => Batches.WholeMilliseconds(m.MutedUntil)),
        Each(members, m => Batches.WholeMilliseconds(m.BannedUntil)), Each(members, m => m.Version));

    private static void Put(NpgsqlBatch batch, List<Message> messages)
    {
        // A message has the number of its posting until something changes it.
        var added = messages.Where(message => message.Version == message.Seq).ToList();
        if (added.Count > 0) Add(batch, added);
        foreach (var round in Rounds(messages.Where(message => message.Version != message.Seq), message => (message.RoomId, message.Seq)))
            Change(batch, round);
    }

    private static void Add(NpgsqlBatch batch, List<Message> messages) => batch.Add(
        AddMessages, Each(messages, m => m.RoomId), Each(messages, m => m.Seq), Each(messages, m => m.Id), Each(messages, m => m.Version),
        Each(messages, m => WireEnum<MessageKind>.ToWire(m.Kind)), Each(messages, m => m.AuthorId), Each(messages, m => m.AuthorName),
        Each(messages, m => m.ClientMessageId), Each(messages, m => m.ClientMessageId is null ? null : Fingerprint.Of(m).ToBytes()),
        Each(messages, m => m.Text), Each(messages, m => m.ReplyToSeq), Each(messages, m => Batches.WholeMilliseconds(m.CreatedAt)),
        Each(messages, m => Batches.WholeMilliseconds(m.EditedAt)), Each(messages, m => Batches.WholeMilliseconds(m.DeletedAt)),
        Each(messages, m => m.DeletedBy), Each(messages, MessageExtras.Write));

    private static void Change(NpgsqlBatch batch, List<Message> messages) => batch.Add(
        ChangeMessages, Each(messages, m => m.RoomId), Each(messages, m => m.Seq), Each(messages, m => m.Version), Each(messages, m => m.Text),
        Each(messages, m => Batches.WholeMilliseconds(m.EditedAt)), Each(messages, m => Batches.WholeMilliseconds(m.DeletedAt)),
        Each(messages, m => m.DeletedBy), Each(messages, MessageExtras.Write));

    /// <summary>A statement changes a row once: what changed twice in one commit is written by two, in the order of its versions.</summary>
    private static IEnumerable<List<T>> Rounds<T, TKey>(IEnumerable<T> records, Func<T, TKey> key) =>
        from same in records.GroupBy(key)
        from entry in same.Index()
        group entry.Item by entry.Index into round
        orderby round.Key
        select round.ToList();

    private static TColumn[] Each<T, TColumn>(List<T> records, Func<T, TColumn> column) => [.. records.Select(column)];
}
