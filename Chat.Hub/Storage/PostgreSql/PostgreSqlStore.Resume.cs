using Chat.Contracts;
using Npgsql;

namespace Chat.Hub.Storage.PostgreSql;

internal sealed partial class PostgreSqlStore
{
    /// <summary>Rooms whose syncs are read in one round trip: some are held in memory, not all.</summary>
    private const int RoomsAtOnce = 16;

    private static readonly string CountUnread = $"""
        select count(*)::int from (
            select 1 from (
                select author_id from messages
                where room_id = m.room_id and seq > m.read_seq and thread_seq is null and kind <> 'system' and deleted_at is null
                order by seq limit {PageLimits.MostLookedAt}) as next
            where author_id <> m.user_id
            limit {PageLimits.MostUnread}) as unread
        """;

    // A deleted message calls nobody: its entries are gone.
    private static readonly string CountMentions = $"""
        select count(*)::int from (
            select distinct c.seq from mentions c join messages t on t.room_id = c.room_id and t.seq = c.seq
            where c.user_id = any(array[m.user_id, '{Guid.Empty}'::uuid]) and c.room_id = m.room_id and c.seq > m.read_seq and t.author_id <> m.user_id
            limit {PageLimits.MostUnread}) as calls
        """;

    // What is read to its end has nothing to be counted.
    private static readonly string MyRooms = $"""
        select {Rows.RoomColumns}, {Rows.MemberColumns}, m.read_seq,
            case when m.read_seq >= r.head then 0 else ({CountUnread}) end, case when m.read_seq >= r.head then 0 else ({CountMentions}) end
        from members m join rooms r on r.id = m.room_id
        where m.user_id = $1 and m.state = 'active'
        """;

    public async Task<IReadOnlyList<RoomHead>> RoomsOf(Guid userId, CancellationToken cancellation) => await All(
        "select r.id, r.head from members m join rooms r on r.id = m.room_id where m.user_id = $1 and m.state = 'active'",
        row => new RoomHead { RoomId = row.GetGuid(0), Head = row.GetInt64(1) }, cancellation, userId);

    public Task<RoomEntry?> Enter(Guid roomId, Guid userId, CancellationToken cancellation) => Ask(
        batch => AskSnapshot(batch.Add($"{MyRooms} and m.room_id = $2", userId, roomId), roomId),
        async rows =>
        {
            var (mine, state) = await rows.First(Mine, cancellation);
            return mine is null ? null : new RoomEntry { Mine = mine, Snapshot = await Snapshot(rows, state, cancellation) };
        },
        cancellation);

    public Task<IReadOnlyList<MyRoom>> Resume(Guid userId, string epoch, IReadOnlyList<RoomHead> known, CancellationToken cancellation) =>
        ReadMoment<IReadOnlyList<MyRoom>>(async connection =>
        {
            var versions = known.DistinctBy(head => head.RoomId).ToDictionary(head => head.RoomId, head => head.Head);
            var rooms = await Ask(connection, batch => batch.Add($"{MyRooms} order by r.name_key, r.id", userId), rows => rows.All(Mine, cancellation), cancellation);
            var mine = rooms.ConvertAll(room => room.Mine);
            var left = PageLimits.ResumeBytes - PageLimits.BytesOf(mine);
            var behind = rooms.Index().Where(room =>
                versions.TryGetValue(room.Item.State.Room.RoomId, out var version) && (version != room.Item.State.Head || epoch != Epoch));
            foreach (var some in behind.Chunk(RoomsAtOnce))
            {
                var syncs = await Syncs(connection, [.. some.Select(room => room.Item.State)], epoch, versions, cancellation);
                foreach (var (index, _) in some)
                {
                    var sync = syncs[mine[index].Room.RoomId];
                    if (PageLimits.BytesOf(sync) > left) continue;
                    left -= PageLimits.BytesOf(sync);
                    mine[index] = mine[index] with { Sync = sync };
                }
            }
            return mine;
        }, cancellation);

    private static (MyRoom Mine, RoomState State) Mine(NpgsqlDataReader row)
    {
        var state = Rows.State(row);
        var mine = new MyRoom
        {
            Room = state.Room,
            Head = state.Head,
            MemberCount = state.Seats,
            Membership = Rows.Member(row, Rows.RoomWidth),
            ReadSeq = row.GetInt64(Rows.RoomWidth + Rows.MemberWidth),
            Unread = row.GetInt32(Rows.RoomWidth + Rows.MemberWidth + 1),
            UnreadMentions = row.GetInt32(Rows.RoomWidth + Rows.MemberWidth + 2),
        };
        return (mine, state);
    }

    public async Task<MarkedRead> MarkRead(Guid userId, MarkRead request, CancellationToken cancellation)
    {
        var now = await MarkerNow(userId, request, cancellation);
        var seq = now ?? await MoveMarker(userId, request, cancellation);
        var (unread, mentions, seats, head) = await One(
            $"select ({CountUnread}), ({CountMentions}), r.seats, r.head from (values ($1::uuid, $2::uuid, $3::bigint)) as m (room_id, user_id, read_seq) left join rooms r on r.id = m.room_id",
            row => (row.GetInt32(0), row.GetInt32(1), row.IsDBNull(2) ? 0 : row.GetInt32(2), row.IsDBNull(3) ? 0 : row.GetInt64(3)), cancellation, request.RoomId, userId, seq);
        return new MarkedRead(
            new ReadMarker { RoomId = request.RoomId, UserId = userId, Seq = seq, Unread = unread, UnreadMentions = mentions, Head = head }, now is null, seats);
    }

    /// <summary>Where the marker is, if the request does not move it; else null.</summary>
    private Task<long?> MarkerNow(Guid userId, MarkRead request, CancellationToken cancellation) => One<long?>(
        "select read_seq from members where room_id = $1 and user_id = $2 and read_seq >= least($3, (select head from rooms where id = $1))",
        row => row.GetInt64(0), cancellation, request.RoomId, userId, request.Seq);

    private Task<long> MoveMarker(Guid userId, MarkRead request, CancellationToken cancellation) => sessions.WriteAgain(connection => Ask(
        connection,
        // Never backwards, and never past what exists: a marker in the future would swallow what is yet to come.
        batch => batch.Add(
            """
            update members set read_seq = greatest(read_seq, least($3, (select head from rooms where id = $1)))
            where room_id = $1 and user_id = $2 returning read_seq
            """,
            request.RoomId, userId, request.Seq),
        rows => rows.First(row => row.GetInt64(0), cancellation),
        cancellation), cancellation);
}
