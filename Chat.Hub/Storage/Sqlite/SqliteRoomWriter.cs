using Chat.Contracts;
using Chat.Contracts.Wire;
using Chat.Hub.Rooms;

namespace Chat.Hub.Storage.Sqlite;

/// <summary>Writes what a ledger gathered, by prepared statements on the writer's connection.</summary>
internal sealed class SqliteRoomWriter(Database connection, SqliteMessageWriter messages) : IDisposable
{
    private readonly SqliteFileWriter files = new(connection);
    private readonly SqliteStreamsWriter streams = new(connection);
    private readonly SqliteWebhooksWriter webhooks = new(connection);

    private readonly Statement putRoom = new(connection, """
        insert into rooms (id, kind, name, name_key, topic, created_by, created_at, seat_limit, is_temporary, archived_at, version,
            between_users, deleted_at, deleted_reason, topic_key, head, seats)
        values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, 0, 0)
        on conflict (id) do update set kind = excluded.kind, name = excluded.name, name_key = excluded.name_key, topic = excluded.topic,
            seat_limit = excluded.seat_limit, is_temporary = excluded.is_temporary, archived_at = excluded.archived_at, version = excluded.version,
            deleted_at = excluded.deleted_at, deleted_reason = excluded.deleted_reason, topic_key = excluded.topic_key
        """);

    private readonly Statement putPassword = new(connection, "update rooms set password_hash = ?2 where id = ?1");
    private readonly Statement dropMembers = new(connection, "delete from members where room_id = ?1");

    // Whoever comes in has read what was there before: the number of unread messages counts from the joining.
    private readonly Statement putMember = new(connection, """
        insert into members (room_id, user_id, name, name_key, user_kind, role, state, joined_at, left_at, muted_until, banned_until, reason,
            invited_by, version, read_seq)
        values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?14)
        on conflict (room_id, user_id) do update set name = excluded.name, name_key = excluded.name_key, user_kind = excluded.user_kind,
            role = excluded.role, state = excluded.state, joined_at = excluded.joined_at, left_at = excluded.left_at,
            muted_until = excluded.muted_until, banned_until = excluded.banned_until, reason = excluded.reason,
            invited_by = excluded.invited_by, version = excluded.version,
            read_seq = case when state <> 'active' and excluded.state = 'active' then excluded.version else read_seq end
        """);

    // What lets somebody in, or tells it what is said, ends when it is sent away.
    private readonly Statement[] disarm =
    [
        new(connection, "update invite_links set expires_at = ?3 where room_id = ?1 and created_by = ?2 and expires_at > ?3"),
        new(connection, "delete from webhook_events where ?3 > 0 and webhook_id in (select id from outgoing_webhooks where room_id = ?1 and created_by = ?2)"),
        new(connection, "delete from outgoing_webhooks where ?3 > 0 and room_id = ?1 and created_by = ?2"),
        new(connection, "delete from incoming_webhooks where ?3 > 0 and room_id = ?1 and created_by = ?2"),
    ];

    private readonly Statement putHead = new(connection, "update rooms set head = ?2, seats = ?3, empty_since = ?4 where id = ?1");

    private readonly Statement putLink = new(connection, """
        insert into invite_links (id, room_id, created_by, created_at, expires_at, max_uses, uses) values (?1, ?2, ?3, ?4, ?5, ?6, ?7)
        on conflict (id) do update set expires_at = excluded.expires_at, uses = excluded.uses
        """);

    private readonly Statement addTrail = new(connection, """
        insert into audit (room_id, at, actor_id, actor_name, act, subject_id, subject_name, detail) values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
        """);

    public void Save(Ledger ledger)
    {
        foreach (var room in ledger.Rooms.Where(room => room.IsChanged)) Save(room);
        files.Save(ledger.Files);
    }

    public void Dispose()
    {
        files.Dispose();
        streams.Dispose();
        webhooks.Dispose();
        foreach (var statement in (Statement[])[putRoom, putPassword, dropMembers, putMember, putHead, putLink, addTrail, .. disarm]) statement.Dispose();
    }

    private void Save(RoomLedger room)
    {
        foreach (var record in room.Final) Put(room, record);
        messages.Save(room);
        streams.Save(room);
        webhooks.Save(room);
        foreach (var link in room.Links.Values)
            putLink.Bind(link.Id, link.RoomId, link.CreatedBy, link.CreatedAt, link.ExpiresAt, link.MaxUses, link.Uses).Run();
        foreach (var e in room.Trail)
            addTrail.Bind(e.RoomId, e.At, e.ActorId, e.ActorName, WireEnum<AuditAct>.ToWire(e.Act), e.SubjectId, e.SubjectName, e.Detail).Run();
        // Last: somebody may have come in by the same commit.
        if (room.Room is { DeletedAt: not null }) dropMembers.Bind(room.RoomId).Run();
        if (room.Written.Count > 0) putHead.Bind(room.RoomId, room.Head, room.Seats, room.EmptySince).Run();
    }

    private void Put(RoomLedger ledger, RoomRecord record)
    {
        switch (record)
        {
            case Room r:
                putRoom.Bind(r.RoomId, WireEnum<RoomKind>.ToWire(r.Kind), r.Name, Names.Key(r.Name), r.Topic, r.CreatedBy, r.CreatedAt,
                    r.SeatLimit, r.IsTemporary, r.ArchivedAt, r.Version, r.Between.Count is 0 ? null : r.Between, r.DeletedAt, r.DeletedReason, Names.Key(r.Topic)).Run();
                putPassword.Bind(r.RoomId, ledger.PasswordHash).Run();
                break;
            case Member m:
                putMember.Bind(m.RoomId, m.UserId, m.Name, Names.Key(m.Name), WireEnum<UserKind>.ToWire(m.UserKind),
                    WireEnum<MemberRole>.ToWire(m.Role), WireEnum<MemberState>.ToWire(m.State),
                    m.JoinedAt, m.LeftAt, m.MutedUntil, m.BannedUntil, m.Reason, m.InvitedBy, m.Version).Run();
                if (m is { State: MemberState.Kicked or MemberState.Banned, LeftAt: { } at })
                {
                    foreach (var statement in disarm) statement.Bind(m.RoomId, m.UserId, at).Run();
                }
                break;
            case Message m:
                messages.Put(ledger, m);
                break;
        }
    }
}
