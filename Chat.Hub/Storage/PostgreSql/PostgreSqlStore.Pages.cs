using Chat.Contracts;
using Chat.Contracts.Wire;
using Npgsql;

namespace Chat.Hub.Storage.PostgreSql;

internal sealed partial class PostgreSqlStore : IRoomPages
{
    public Task<SeenRoom?> FindRoom(Guid roomId, Guid userId, CancellationToken cancellation) => One(
        $"""
        select {Rows.RoomColumns}, r.password_hash, {Rows.MemberColumns}
        from rooms r left join members m on m.room_id = r.id and m.user_id = $2 where r.id = $1
        """,
        row => new SeenRoom(
            Rows.Room(row), Rows.State(row).Seats, row.IsDBNull(Rows.RoomWidth + 1) ? null : Rows.Member(row, Rows.RoomWidth + 1),
            row.IsDBNull(Rows.RoomWidth) ? null : row.GetString(Rows.RoomWidth)),
        cancellation, roomId, userId);

    public Task<(int Direct, int Others)> CountRooms(Guid userId, CancellationToken cancellation) => One(
        """
        select (count(*) filter (where r.kind = 'direct'))::int, (count(*) filter (where r.kind <> 'direct'))::int
        from members m join rooms r on r.id = m.room_id where m.user_id = $1 and m.state = 'active'
        """,
        row => (row.GetInt32(0), row.GetInt32(1)), cancellation, userId);

    private const string InvitationsOfUser = $"""
        select {Rows.RoomColumns}, m.invited_by, u.name
        from members m join rooms r on r.id = m.room_id left join users u on u.id = m.invited_by
        where m.user_id = $1 and m.state = 'invited' and r.deleted_at is null order by m.joined_at desc, r.id limit 100
        """;

    public async Task<IReadOnlyList<Invitation>> InvitationsOf(Guid userId, CancellationToken cancellation) =>
        await All(InvitationsOfUser, InvitationAt, cancellation, userId);

    private static Invitation InvitationAt(NpgsqlDataReader row) => new()
    {
        Room = new RoomSummary { Room = Rows.Room(row), MemberCount = Rows.State(row).Seats, IsMember = false },
        InvitedBy = row.IdOrNull(Rows.RoomWidth) ?? Guid.Empty,
        InvitedByName = row.IsDBNull(Rows.RoomWidth + 1) ? "" : row.GetString(Rows.RoomWidth + 1),
    };

    public Task<(IReadOnlyList<RoomDeleted> Deleted, IReadOnlyList<Member> Ended)> WhyGone(Guid userId, IReadOnlyList<Guid> roomIds, CancellationToken cancellation) =>
        Ask<(IReadOnlyList<RoomDeleted>, IReadOnlyList<Member>)>(
            batch => batch
                .Add("select r.id, r.deleted_reason from unnest($1) with ordinality as w (id, place) join rooms r on r.id = w.id and r.deleted_at is not null order by w.place", [roomIds.ToArray()])
                .Add($"""
                    select {Rows.MemberColumns} from unnest($1) with ordinality as w (id, place)
                    join members m on m.room_id = w.id and m.user_id = $2 and m.state <> 'active' order by w.place
                    """, roomIds.ToArray(), userId),
            async rows => (
                await rows.All(row => new RoomDeleted { RoomId = row.GetGuid(0), Reason = row.IsDBNull(1) ? "" : row.GetString(1) }, cancellation),
                await rows.All(Rows.Member, cancellation)),
            cancellation);

    public async Task<IReadOnlyList<InviteLink>> ListLinks(Guid roomId, DateTimeOffset now, CancellationToken cancellation) => await All(
        $"""
        select {Rows.LinkColumns} from invite_links l where room_id = $1 and expires_at > $2 and (max_uses is null or uses < max_uses)
        order by created_at desc, id limit 100
        """,
        Rows.Link, cancellation, roomId, now);

    public Task<InviteLink?> FindLink(Guid linkId, CancellationToken cancellation) =>
        One($"select {Rows.LinkColumns} from invite_links l where id = $1", Rows.Link, cancellation, linkId);

    public async Task<AuditPage> ListAudit(ListAudit request, CancellationToken cancellation)
    {
        var limit = request.Limit ?? PageLimits.DefaultAudit;
        var found = await All(
            """
            select id, room_id, at, actor_id, actor_name, act, subject_id, subject_name, detail
            from audit where room_id = $1 and id < $2 order by id desc limit $3
            """,
            row => new AuditEntry
            {
                Id = row.GetInt64(0),
                RoomId = row.GetGuid(1),
                At = row.Time(2),
                ActorId = row.IdOrNull(3),
                ActorName = row.GetString(4),
                Act = WireEnum<AuditAct>.FromWire(row.GetString(5)),
                SubjectId = row.IdOrNull(6),
                SubjectName = row.GetString(7),
                Detail = row.GetString(8),
            },
            cancellation, request.RoomId, request.Before ?? long.MaxValue, limit + 1);
        return Pages.Audit(found, limit);
    }

    public Task<Message?> FindMessage(MessagePlace place, CancellationToken cancellation) =>
        One($"select {Rows.MessageColumns} from messages where room_id = $1 and seq = $2", Rows.Message, cancellation, place.RoomId, place.Seq);

    public async Task<MessageList> ListPins(Guid roomId, CancellationToken cancellation) => new()
    {
        Messages = PageLimits.Fitting(await All(
            $"select {Rows.MessageColumns} from messages where room_id = $1 and pinned_at is not null order by seq", Rows.Message, cancellation, roomId)),
    };

    public async Task<IReadOnlyList<EditedText>> EditsOf(MessagePlace place, CancellationToken cancellation)
    {
        var texts = await All(
            "select text, since from message_edits where room_id = $1 and seq = $2 order by id desc limit 99",
            row => new EditedText { Text = row.GetString(0), Since = row.Time(1) }, cancellation, place.RoomId, place.Seq);
        texts.Reverse();
        return texts;
    }

    public async Task<ReaderList> ListReaders(Guid roomId, int most, CancellationToken cancellation) => new()
    {
        Readers = await All(
            "select user_id, read_seq from members where room_id = $1 and state = 'active' and (select seats from rooms where id = $1) <= $2 order by user_id",
            row => new Reader { RoomId = roomId, UserId = row.GetGuid(0), Seq = row.GetInt64(1) }, cancellation, roomId, most),
    };

    public async Task<IReadOnlyDictionary<string, Guid>> MembersNamed(Guid roomId, IReadOnlyCollection<string> nameKeys, CancellationToken cancellation)
    {
        var found = await All(
            "select distinct on (name_key) name_key, user_id from members where room_id = $1 and name_key = any($2) and state = 'active' order by name_key, user_id",
            row => (row.GetString(0), row.GetGuid(1)), cancellation, roomId, nameKeys.Select(Batches.Sought).ToArray());
        return found.ToDictionary(pair => pair.Item1, pair => pair.Item2);
    }
}
