using Chat.Contracts;
using Chat.Hub.Presence;
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

    private static readonly string MyRoomsByName = $"{MyRooms} order by r.name_key, r.id";

    /// <summary>Versions of a room that somebody may have missed who is told of all rooms at once.</summary>
    private const int FewMissed = 64;

    // The changes of several rooms by one statement each: most of them have none. Only of the user's own, and only a few.
    private const string Behind = """
        unnest($2, $3) as w (room, version)
        join members mine on mine.room_id = w.room and mine.user_id = $1 and mine.state = 'active'
        join rooms r on r.id = w.room and r.head > w.version and r.head - w.version <= $4
        """;

    private const string MembersBehind = $"""
        select m.* from {Behind}
        cross join lateral (select {Rows.MemberColumns} from members m where m.room_id = w.room and m.version > w.version) as m
        """;

    private const string MessagesBehind = $"""
        select m.* from {Behind}
        cross join lateral (
            (select {Rows.MessageColumns} from messages where room_id = w.room and seq > w.version and version = seq)
            union all
            (select {Rows.MessageColumns} from messages where room_id = w.room and version > w.version and version <> seq)) as m
        """;

    public Task<Greeting?> Greet(Guid userId, Guid roomId, CancellationToken cancellation) => One(
        $"select {Rows.UserColumns}, exists (select 1 from members where room_id = $2 and user_id = $1) from users where id = $1",
        row => new Greeting(Rows.User(row), row.GetBoolean(Rows.UserWidth)), cancellation, userId, roomId);

    public Task<Coming> ComingOf(Guid userId, CancellationToken cancellation) => Ask(
        batch => batch
            .Add("select r.id, r.head from members m join rooms r on r.id = m.room_id where m.user_id = $1 and m.state = 'active'", userId)
            .Add($"select {FaceColumns} from users where id = $1", userId),
        async rows => new Coming(
            await rows.All(row => new RoomHead { RoomId = row.GetGuid(0), Head = row.GetInt64(1) }, cancellation),
            await rows.First<Face?>(row => FaceAt(row, 0), cancellation) ?? Face.Blank),
        cancellation);

    public Task<RoomEntry?> Enter(Guid roomId, Guid userId, CancellationToken cancellation) => Ask(
        batch => AskSnapshot(batch.Add($"{MyRooms} and m.room_id = $2", userId, roomId), roomId),
        async rows =>
        {
            var (mine, state) = await rows.First(Mine, cancellation);
            return mine is null ? null : new RoomEntry { Mine = mine, Snapshot = await Snapshot(rows, state, cancellation) };
        },
        cancellation);

    public async Task<Resumed> Resume(Guid userId, Guid sessionId, string epoch, IReadOnlyList<RoomHead> known, CancellationToken cancellation)
    {
        var versions = known.DistinctBy(head => head.RoomId).ToDictionary(head => head.RoomId, head => head.Head);
        var isBrief = versions.Count is 0 || (versions.Count <= RoomsAtOnce && epoch == Epoch);
        return (isBrief ? await ResumeAtOnce(userId, sessionId, versions, cancellation) : null)
            ?? await ResumeInTurn(userId, sessionId, epoch, versions, cancellation);
    }

    /// <summary>In one round trip, as nearly all do; null where more was missed than one answer holds, or some room is to be told as a whole.</summary>
    private Task<Resumed?> ResumeAtOnce(Guid userId, Guid sessionId, Dictionary<Guid, long> versions, CancellationToken cancellation) => Ask(
        batch =>
        {
            AskWhoCame(batch, userId, sessionId);
            if (versions.Count is 0) return;
            object?[] behind = [userId, versions.Keys.ToArray(), versions.Values.ToArray(), (long)FewMissed];
            batch.Add(MembersBehind, behind).Add(MessagesBehind, behind);
        },
        async rows =>
        {
            var came = await WhoCame(rows, cancellation);
            if (versions.Count is 0) return came.Tell([]);
            var members = (await rows.All(Rows.Member, cancellation)).ToLookup(member => member.RoomId);
            if (await MessagesOfOneAnswer(rows, cancellation) is not { } missed) return null;
            var messages = missed.ToLookup(message => message.RoomId);
            var syncs = new Dictionary<Guid, RoomSync>();
            foreach (var state in came.Behind(Epoch, Epoch, versions))
            {
                var (roomId, version) = (state.Room.RoomId, versions[state.Room.RoomId]);
                if (state.Head - version > FewMissed || !state.CanTellChanges(Epoch, Epoch, version)) return null;
                if (state.Changes(Epoch, version, [.. members[roomId]], [.. messages[roomId]]) is not { } sync) return null;
                syncs[roomId] = sync;
            }
            return came.Tell(syncs);
        },
        cancellation);

    /// <summary>All messages, or null where they are more than one answer holds: not all are held in memory to find that out.</summary>
    private static async Task<List<Message>?> MessagesOfOneAnswer(NpgsqlDataReader rows, CancellationToken cancellation)
    {
        var messages = new List<Message>();
        var left = PageLimits.ResumeBytes;
        while (await rows.ReadAsync(cancellation))
        {
            var message = Rows.Message(rows);
            messages.Add(message);
            left -= message.Text.Length;
            if (left < 0) return null;
        }
        return messages;
    }

    /// <summary>Some rooms after the others, so that not all are held in memory.</summary>
    private Task<Resumed> ResumeInTurn(Guid userId, Guid sessionId, string epoch, Dictionary<Guid, long> versions, CancellationToken cancellation) =>
        ReadMoment(async connection =>
        {
            var came = await Ask(connection, batch => AskWhoCame(batch, userId, sessionId), rows => WhoCame(rows, cancellation), cancellation);
            foreach (var some in came.Behind(Epoch, epoch, versions).Chunk(RoomsAtOnce))
                came.Tell(await Syncs(connection, some, epoch, versions, cancellation));
            return came.Tell([]);
        }, cancellation);

    private static void AskWhoCame(NpgsqlBatch batch, Guid userId, Guid sessionId) =>
        batch.Add(SessionById, sessionId).Add(InvitationsOfUser, userId).Add(MyRoomsByName, userId);

    private static async Task<Comer> WhoCame(NpgsqlDataReader rows, CancellationToken cancellation)
    {
        var session = await rows.First(Session, cancellation);
        var invitations = await rows.All(InvitationAt, cancellation);
        return new Comer(await rows.All(Mine, cancellation), invitations, session);
    }

    /// <summary>Somebody who came, while it is found out what it is told.</summary>
    private sealed class Comer(List<(MyRoom Mine, RoomState State)> rooms, List<Invitation> invitations, KeptSession? session)
    {
        private readonly List<MyRoom> mine = rooms.ConvertAll(room => room.Mine);
        private int? left;

        /// <summary>The rooms of which it does not know all.</summary>
        public IEnumerable<RoomState> Behind(string storeEpoch, string epoch, Dictionary<Guid, long> versions) => rooms.Select(room => room.State).Where(state =>
            versions.TryGetValue(state.Room.RoomId, out var version) && (version != state.Head || epoch != storeEpoch));

        /// <summary>Adds these, in the order of its rooms, as far as one answer holds them.</summary>
        public Resumed Tell(Dictionary<Guid, RoomSync> syncs)
        {
            var room = left ?? PageLimits.ResumeBytes - PageLimits.BytesOf(mine);
            for (var i = 0; i < mine.Count; i++)
            {
                if (!syncs.TryGetValue(mine[i].Room.RoomId, out var sync) || PageLimits.BytesOf(sync) is var bytes && bytes > room) continue;
                room -= bytes;
                mine[i] = mine[i] with { Sync = sync };
            }
            left = room;
            return new Resumed(mine, invitations, session);
        }
    }

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
