using Chat.Contracts;
using Chat.Contracts.Wire;
using Chat.Hub.Rooms;
using Npgsql;
using static Chat.Hub.Storage.PostgreSql.Batches;

namespace Chat.Hub.Storage.PostgreSql;

/// <summary>Writes what a ledger gathered: one statement for each kind of record, whatever their number, in one round trip.</summary>
internal static class RoomsWrite
{
    private const string AddRooms = """
        insert into rooms (id, kind, name, name_key, topic, created_by, created_at, seat_limit, is_temporary, archived_at, version,
            deleted_at, deleted_reason, head, seats, password_hash, empty_since, topic_key, between_users)
        select id, kind, name, name_key, topic, created_by, created_at, seat_limit, is_temporary, archived_at, version,
            deleted_at, deleted_reason, head, seats, password_hash, empty_since, topic_key,
            case when between_users <> '' then string_to_array(between_users, ',')::uuid[] end
        from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)
            as n (id, kind, name, name_key, topic, created_by, created_at, seat_limit, is_temporary, archived_at, version,
                deleted_at, deleted_reason, head, seats, password_hash, empty_since, topic_key, between_users)
        """;

    private const string ChangeRooms = """
        update rooms r set kind = n.kind, name = n.name, name_key = n.name_key, topic = n.topic, seat_limit = n.seat_limit,
            is_temporary = n.is_temporary, archived_at = n.archived_at, version = n.version, deleted_at = n.deleted_at,
            deleted_reason = n.deleted_reason, password_hash = n.password_hash, topic_key = n.topic_key
        from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
            as n (id, kind, name, name_key, topic, seat_limit, is_temporary, archived_at, version, deleted_at, deleted_reason, password_hash, topic_key)
        where r.id = n.id
        """;

    private const string DropMembers = "delete from members where room_id = any($1)";

    private const string MoveHeads = """
        update rooms r set head = n.head, seats = n.seats, empty_since = n.empty_since, changed = pg_current_xact_id()
        from unnest($1, $2, $3, $4) as n (id, head, seats, empty_since) where r.id = n.id
        """;

    // Whoever comes in has read what was there before: the number of unread messages counts from the joining.
    private const string PutMembers = """
        insert into members (room_id, user_id, name, name_key, user_kind, role, state, joined_at, left_at, muted_until, banned_until, version,
            reason, invited_by, read_seq)
        select *, n.version from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
            as n (room_id, user_id, name, name_key, user_kind, role, state, joined_at, left_at, muted_until, banned_until, version, reason, invited_by)
        on conflict (room_id, user_id) do update set name = excluded.name, name_key = excluded.name_key, user_kind = excluded.user_kind,
            role = excluded.role, state = excluded.state, joined_at = excluded.joined_at, left_at = excluded.left_at,
            muted_until = excluded.muted_until, banned_until = excluded.banned_until, version = excluded.version,
            reason = excluded.reason, invited_by = excluded.invited_by,
            read_seq = case when members.state <> 'active' and excluded.state = 'active' then excluded.version else members.read_seq end,
            changed = pg_current_xact_id()
        """;

    // What lets somebody in, or tells it what is said, ends when it is sent away.
    private const string Disarm = """
        with gone as (select * from unnest($1, $2, $3) as n (room_id, user_id, at)),
        links as (update invite_links l set expires_at = least(l.expires_at, gone.at) from gone where l.room_id = gone.room_id and l.created_by = gone.user_id),
        outgoing as (delete from outgoing_webhooks w using gone where w.room_id = gone.room_id and w.created_by = gone.user_id returning w.id),
        events as (delete from webhook_events e using outgoing where e.webhook_id = outgoing.id)
        delete from incoming_webhooks w using gone where w.room_id = gone.room_id and w.created_by = gone.user_id
        """;

    private const string PutLinks = """
        insert into invite_links (id, room_id, created_by, created_at, expires_at, max_uses, uses)
        select * from unnest($1, $2, $3, $4, $5, $6, $7)
        on conflict (id) do update set expires_at = excluded.expires_at, uses = excluded.uses
        """;

    private const string AddTrail = """
        insert into audit (room_id, at, actor_id, actor_name, act, subject_id, subject_name, detail)
        select room_id, at, actor_id, actor_name, act, subject_id, subject_name, detail
        from unnest($1, $2, $3, $4, $5, $6, $7, $8) with ordinality
            as n (room_id, at, actor_id, actor_name, act, subject_id, subject_name, detail, place)
        order by place
        """;

    /// <summary>Writes and commits.</summary>
    public static async Task Save(WriteTransaction transaction, RoomsRead read)
    {
        var changed = read.Ledger.Rooms.Where(room => room.IsChanged).ToList();
        if (changed.Count is 0) return;

        await using var batch = transaction.Writing();
        PutRooms(batch, changed.Where(room => room.Written.Count > 0).ToList(), read.Existing);
        var members = changed.SelectMany(room => room.Final.OfType<Member>()).ToList();
        if (members.Count > 0) Put(batch, members);
        MessagesWrite.Put(batch, changed);
        FilesWrite.Put(batch, read.Ledger.Files);
        Put(batch, changed.SelectMany(room => room.Links.Values).ToList());
        Put(batch, changed.SelectMany(room => room.Trail).ToList());
        var sentAway = members.Where(member => member is { State: MemberState.Kicked or MemberState.Banned, LeftAt: not null }).ToList();
        if (sentAway.Count > 0)
            batch.Add(Disarm, Each(sentAway, m => m.RoomId), Each(sentAway, m => m.UserId), Each(sentAway, m => Batches.WholeMilliseconds(m.LeftAt!.Value)));
        var deleted = changed.Where(room => room.Room is { DeletedAt: not null }).Select(room => room.RoomId).ToArray();
        // Last: somebody may have come in by the same commit.
        if (deleted.Length > 0) batch.Add(DropMembers, [deleted]);
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
        var moved = changed.Where(room => existing.Contains(room.RoomId)).ToList();
        var redone = moved.Where(room => room.Final.OfType<Room>().Any()).ToList();
        if (redone.Count > 0) Change(batch, redone);
        if (moved.Count is 0) return;
        batch.Add(
            MoveHeads, Each(moved, r => r.RoomId), Each(moved, r => r.Head), Each(moved, r => r.Seats),
            Each(moved, r => Batches.WholeMilliseconds(r.EmptySince)));
    }

    private static void Add(NpgsqlBatch batch, List<RoomLedger> added)
    {
        var rooms = added.ConvertAll(room => room.Room!);
        batch.Add(
            AddRooms, Each(rooms, r => r.RoomId), Each(rooms, r => WireEnum<RoomKind>.ToWire(r.Kind)), Each(rooms, r => r.Name),
            Each(rooms, r => Names.Key(r.Name)), Each(rooms, r => r.Topic), Each(rooms, r => r.CreatedBy),
            Each(rooms, r => Batches.WholeMilliseconds(r.CreatedAt)), Each(rooms, r => r.SeatLimit), Each(rooms, r => r.IsTemporary),
            Each(rooms, r => Batches.WholeMilliseconds(r.ArchivedAt)), Each(rooms, r => r.Version),
            Each(rooms, r => Batches.WholeMilliseconds(r.DeletedAt)), Each(rooms, r => r.DeletedReason),
            Each(added, r => r.Head), Each(added, r => r.Seats), Each(added, r => r.PasswordHash),
            Each(added, r => Batches.WholeMilliseconds(r.EmptySince)), Each(rooms, r => Names.Key(r.Topic)), Each(rooms, r => string.Join(',', r.Between)));
    }

    private static void Change(NpgsqlBatch batch, List<RoomLedger> redone)
    {
        var rooms = redone.ConvertAll(room => room.Room!);
        batch.Add(
            ChangeRooms, Each(rooms, r => r.RoomId), Each(rooms, r => WireEnum<RoomKind>.ToWire(r.Kind)), Each(rooms, r => r.Name),
            Each(rooms, r => Names.Key(r.Name)), Each(rooms, r => r.Topic), Each(rooms, r => r.SeatLimit), Each(rooms, r => r.IsTemporary),
            Each(rooms, r => Batches.WholeMilliseconds(r.ArchivedAt)), Each(rooms, r => r.Version),
            Each(rooms, r => Batches.WholeMilliseconds(r.DeletedAt)), Each(rooms, r => r.DeletedReason), Each(redone, r => r.PasswordHash),
            Each(rooms, r => Names.Key(r.Topic)));
    }

    private static void Put(NpgsqlBatch batch, List<Member> members) => batch.Add(
        PutMembers, Each(members, m => m.RoomId), Each(members, m => m.UserId), Each(members, m => m.Name), Each(members, m => Names.Key(m.Name)),
        Each(members, m => WireEnum<UserKind>.ToWire(m.UserKind)), Each(members, m => WireEnum<MemberRole>.ToWire(m.Role)),
        Each(members, m => WireEnum<MemberState>.ToWire(m.State)), Each(members, m => Batches.WholeMilliseconds(m.JoinedAt)),
        Each(members, m => Batches.WholeMilliseconds(m.LeftAt)), Each(members, m => Batches.WholeMilliseconds(m.MutedUntil)),
        Each(members, m => Batches.WholeMilliseconds(m.BannedUntil)), Each(members, m => m.Version), Each(members, m => m.Reason),
        Each(members, m => m.InvitedBy));

    private static void Put(NpgsqlBatch batch, List<InviteLink> links)
    {
        if (links.Count is 0) return;
        batch.Add(
            PutLinks, Each(links, l => l.Id), Each(links, l => l.RoomId), Each(links, l => l.CreatedBy),
            Each(links, l => Batches.WholeMilliseconds(l.CreatedAt)), Each(links, l => Batches.WholeMilliseconds(l.ExpiresAt)),
            Each(links, l => l.MaxUses), Each(links, l => l.Uses));
    }

    private static void Put(NpgsqlBatch batch, List<AuditEntry> trail)
    {
        if (trail.Count is 0) return;
        batch.Add(
            AddTrail, Each(trail, e => e.RoomId), Each(trail, e => Batches.WholeMilliseconds(e.At)), Each(trail, e => e.ActorId),
            Each(trail, e => e.ActorName), Each(trail, e => WireEnum<AuditAct>.ToWire(e.Act)), Each(trail, e => e.SubjectId),
            Each(trail, e => e.SubjectName), Each(trail, e => e.Detail));
    }
}
