using Chat.Contracts;
using Chat.Contracts.Wire;
using Chat.Hub.Rooms;
using Microsoft.Data.Sqlite;

namespace Chat.Hub.Storage.Sqlite;

/// <summary>Reads what changes need and writes what they gathered, by prepared statements on the writer's connection.</summary>
internal sealed class SqliteRoomWriter(SqliteConnection connection) : IDisposable
{
    private readonly Statement room = new(connection, $"select {Rows.RoomColumns} from rooms r where id = ?1");
    private readonly Statement member = new(connection, $"select {Rows.MemberColumns} from members m where room_id = ?1 and user_id = ?2");
    private readonly Statement posted = new(connection, $"select {Rows.MessageColumns}, fingerprint from messages where author_id = ?1 and client_message_id = ?2");
    private readonly Statement message = new(connection, $"select {Rows.MessageColumns} from messages where room_id = ?1 and seq = ?2");
    private readonly Statement hasName = new(connection, "select 1 from rooms where name_key = ?1 and kind = 'public'");

    private readonly Statement putRoom = new(connection, """
        insert into rooms (id, kind, name, name_key, topic, created_by, created_at, seat_limit, is_temporary, archived_at, version, head, seats)
        values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, 0, 0)
        on conflict (id) do update set kind = excluded.kind, name = excluded.name, name_key = excluded.name_key, topic = excluded.topic,
            seat_limit = excluded.seat_limit, is_temporary = excluded.is_temporary, archived_at = excluded.archived_at, version = excluded.version
        """);

    // Whoever comes in has read what was there before: the number of unread messages counts from the joining.
    private readonly Statement putMember = new(connection, """
        insert into members (room_id, user_id, name, name_key, user_kind, role, state, joined_at, left_at, muted_until, banned_until, version, read_seq)
        values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?12)
        on conflict (room_id, user_id) do update set name = excluded.name, name_key = excluded.name_key, user_kind = excluded.user_kind,
            role = excluded.role, state = excluded.state, joined_at = excluded.joined_at, left_at = excluded.left_at,
            muted_until = excluded.muted_until, banned_until = excluded.banned_until, version = excluded.version,
            read_seq = case when state <> 'active' and excluded.state = 'active' then excluded.version else read_seq end
        """);

    private readonly Statement putMessage = new(connection, """
        insert into messages (room_id, seq, id, version, kind, author_id, author_name, client_message_id, fingerprint, text, reply_to_seq,
            created_at, edited_at, deleted_at, deleted_by, extras)
        values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)
        on conflict (room_id, seq) do update set version = excluded.version, text = excluded.text, edited_at = excluded.edited_at,
            deleted_at = excluded.deleted_at, deleted_by = excluded.deleted_by, extras = excluded.extras
        """);

    private readonly Statement putHead = new(connection, "update rooms set head = ?2, seats = ?3 where id = ?1");

    private readonly SqliteStreamsWriter streams = new(connection);
    private readonly SqliteWebhooksWriter webhooks = new(connection);

    public Ledger Load(Needs needs)
    {
        var ledger = new Ledger();
        foreach (var id in needs.Rooms)
        {
            LoadRoom(ledger.Room(id));
            webhooks.Load(ledger.Room(id));
        }
        foreach (var (roomId, userId) in needs.Members)
        {
            if (member.Bind(roomId, userId).First(Rows.Member) is { } found) ledger.Room(roomId).Members[userId] = found;
        }
        foreach (var key in needs.Posted)
        {
            if (posted.Bind(key.AuthorId, key.ClientMessageId).First(ReadPosted) is { } found) ledger.Posted[key] = found;
        }
        foreach (var (roomId, seq) in needs.Messages)
        {
            if (message.Bind(roomId, seq).First(Rows.Message) is { } found) ledger.Room(roomId).Messages[seq] = found;
        }
        foreach (var name in needs.RoomNames)
        {
            if (hasName.Bind(name).Any()) ledger.RoomNames.Add(name);
        }
        return ledger;
    }

    public void Save(Ledger ledger)
    {
        foreach (var changed in ledger.Rooms.Where(changed => changed.Written.Count > 0))
        {
            foreach (var record in changed.Written) Put(record);
            streams.Save(changed);
            webhooks.Save(changed);
            putHead.Bind(changed.RoomId, changed.Head, changed.Seats).Run();
        }
    }

    public void Dispose()
    {
        foreach (var statement in (Statement[])[room, member, posted, message, hasName, putRoom, putMember, putMessage, putHead])
            statement.Dispose();
        streams.Dispose();
        webhooks.Dispose();
    }

    private void LoadRoom(RoomLedger target) => room.Bind(target.RoomId).First(row =>
    {
        target.Room = Rows.Room(row);
        target.Head = Rows.Head(row);
        target.Seats = Rows.Seats(row);
        return true;
    });

    private static Posted ReadPosted(SqliteDataReader row) =>
        new(Rows.Message(row), Fingerprint.FromBytes(row.GetFieldValue<byte[]>(Rows.FingerprintColumn)));

    private void Put(RoomRecord record)
    {
        switch (record)
        {
            case Room r:
                putRoom.Bind(r.RoomId, WireEnum<RoomKind>.ToWire(r.Kind), r.Name, Names.Key(r.Name), r.Topic, r.CreatedBy, r.CreatedAt,
                    r.SeatLimit, r.IsTemporary, r.ArchivedAt, r.Version).Run();
                break;
            case Member m:
                putMember.Bind(m.RoomId, m.UserId, m.Name, Names.Key(m.Name), WireEnum<UserKind>.ToWire(m.UserKind),
                    WireEnum<MemberRole>.ToWire(m.Role), WireEnum<MemberState>.ToWire(m.State),
                    m.JoinedAt, m.LeftAt, m.MutedUntil, m.BannedUntil, m.Version).Run();
                break;
            case Message m:
                putMessage.Bind(m.RoomId, m.Seq, m.Id, m.Version, WireEnum<MessageKind>.ToWire(m.Kind), m.AuthorId, m.AuthorName,
                    m.ClientMessageId, m.ClientMessageId is null ? null : Fingerprint.Of(m).ToBytes(), m.Text, m.ReplyToSeq,
                    m.CreatedAt, m.EditedAt, m.DeletedAt, m.DeletedBy, MessageExtras.Write(m)).Run();
                break;
        }
    }
}
