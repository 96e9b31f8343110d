using Chat.Contracts;
using Chat.Hub.Presence;

namespace Chat.Hub.Storage.Sqlite;

internal sealed partial class SqliteStore
{
    private static readonly string UnreadMessages = $"""
        select count(*) from (
            select 1 from (
                select author_id from {Said} and room_id = ?1 and seq > ?3
                order by seq limit {PageLimits.MostLookedAt})
            where author_id <> ?2
            limit {PageLimits.MostUnread})
        """;

    // A deleted message calls nobody: its entries are gone.
    private static readonly string UnreadCalls = $"""
        select count(*) from (
            select distinct c.seq from mentions c join messages t on t.room_id = c.room_id and t.seq = c.seq
            where c.user_id in (?2, zeroblob(16)) and c.room_id = ?1 and c.seq > ?3 and t.author_id <> ?2
            limit {PageLimits.MostUnread})
        """;

    public Task<Greeting?> Greet(Guid userId, Guid roomId, CancellationToken cancellation) => ReadNow(connection =>
    {
        using var statement = new Statement(
            connection, $"select {Rows.UserColumns}, exists (select 1 from members where room_id = ?2 and user_id = ?1) from users where id = ?1");
        return statement.Bind(userId, roomId).First(row => new Greeting(Rows.User(row), row.GetBoolean(Rows.UserWidth)));
    }, cancellation);

    public Task<Coming> ComingOf(Guid userId, CancellationToken cancellation) => Read(connection =>
    {
        using var rooms = new Statement(
            connection, "select r.id, r.head from members m join rooms r on r.id = m.room_id where m.user_id = ?1 and m.state = 'active'");
        using var face = new Statement(connection, FaceOfUser);
        return new Coming(
            rooms.Bind(userId).All(row => new RoomHead { RoomId = row.Id(0), Head = row.GetInt64(1) }),
            face.Bind(userId).First<Face?>(row => FaceAt(row, 0)) ?? Face.Blank);
    }, cancellation);

    public Task<Resumed> Resume(Guid userId, Guid sessionId, string epoch, IReadOnlyList<RoomHead> known, CancellationToken cancellation) =>
        Read(connection =>
        {
            var versions = known.DistinctBy(head => head.RoomId).ToDictionary(head => head.RoomId, head => head.Head);
            var rooms = MyRooms(connection, userId);
            var left = PageLimits.ResumeBytes - PageLimits.BytesOf(rooms);
            for (var i = 0; i < rooms.Count; i++)
            {
                var mine = rooms[i];
                if (!versions.TryGetValue(mine.Room.RoomId, out var version) || (version == mine.Head && epoch == Epoch)) continue;

                var state = StateOf(connection, mine.Room.RoomId)!;
                var sync = Changes(connection, state, epoch, version) ?? Snapshot(connection, state);
                var bytes = PageLimits.BytesOf(sync);
                if (bytes > left) continue;
                left -= bytes;
                rooms[i] = mine with { Sync = sync };
            }
            return new Resumed(rooms, InvitationsOf(connection, userId), SessionOf(connection, sessionId));
        }, cancellation);

    public Task<RoomEntry?> Enter(Guid roomId, Guid userId, CancellationToken cancellation) => Read(connection =>
        MyRooms(connection, userId, roomId).SingleOrDefault() is { } mine
            ? new RoomEntry { Mine = mine, Snapshot = Snapshot(connection, StateOf(connection, roomId)!) }
            : null, cancellation, roomId);

    private static List<MyRoom> MyRooms(Database connection, Guid userId, Guid? roomId = null)
    {
        using var statement = new Statement(connection, $"""
            select {Rows.RoomColumns}, {Rows.MemberColumns}, m.read_seq
            from members m join rooms r on r.id = m.room_id
            where m.user_id = ?1 and m.state = 'active' and (?2 is null or m.room_id = ?2)
            order by r.name_key, r.id
            """);
        var rooms = statement.Bind(userId, roomId).All(row => new MyRoom
        {
            Room = Rows.Room(row),
            Head = Rows.Head(row),
            MemberCount = Rows.Seats(row),
            Membership = Rows.Member(row, Rows.RoomWidth),
            ReadSeq = row.GetInt64(Rows.RoomWidth + Rows.MemberWidth),
            Unread = 0,
        });
        // What is read to its end has nothing to be counted.
        return rooms.ConvertAll(mine => mine.ReadSeq >= mine.Head ? mine : mine with
        {
            Unread = Unread(connection, mine.Room.RoomId, userId, mine.ReadSeq),
            UnreadMentions = UnreadMentions(connection, mine.Room.RoomId, userId, mine.ReadSeq),
        });
    }

    private static int Unread(Database connection, Guid roomId, Guid userId, long readSeq)
    {
        using var statement = new Statement(connection, UnreadMessages);
        return statement.Bind(roomId, userId, readSeq).First(row => row.GetInt32(0));
    }

    private static int UnreadMentions(Database connection, Guid roomId, Guid userId, long readSeq)
    {
        using var statement = new Statement(connection, UnreadCalls);
        return statement.Bind(roomId, userId, readSeq).First(row => row.GetInt32(0));
    }

    public async Task<MarkedRead> MarkRead(Guid userId, MarkRead request, CancellationToken cancellation)
    {
        var now = await Read(connection => MarkerNow(connection, userId, request), cancellation, request.RoomId);
        var seq = now ?? await MoveMarker(userId, request, cancellation);
        // Counted beside the writer: others do not wait for it.
        return await Read(connection =>
        {
            var state = StateOf(connection, request.RoomId);
            var marker = new ReadMarker
            {
                RoomId = request.RoomId,
                UserId = userId,
                Seq = seq,
                Unread = Unread(connection, request.RoomId, userId, seq),
                UnreadMentions = UnreadMentions(connection, request.RoomId, userId, seq),
                Head = state?.Head ?? 0,
            };
            return new MarkedRead(marker, now is null, state?.Seats ?? 0);
        }, cancellation, request.RoomId);
    }

    /// <summary>Where the marker is, if the request does not move it; else null.</summary>
    private static long? MarkerNow(Database connection, Guid userId, MarkRead request)
    {
        using var statement = new Statement(connection, "select read_seq from members where room_id = ?1 and user_id = ?2 and read_seq >= min(?3, (select head from rooms where id = ?1))");
        return statement.Bind(request.RoomId, userId, request.Seq).First<long?>(row => row.GetInt64(0));
    }

    private Task<long> MoveMarker(Guid userId, MarkRead request, CancellationToken cancellation) => WriteAside(connection =>
    {
        // Never backwards, and never past what exists: a marker in the future would swallow what is yet to come.
        using var statement = new Statement(connection, """
            update members set read_seq = max(read_seq, min(?3, (select head from rooms where id = ?1)))
            where room_id = ?1 and user_id = ?2 returning read_seq
            """);
        return statement.Bind(request.RoomId, userId, request.Seq).First(row => row.GetInt64(0));
    }, cancellation);
}
