using Chat.Contracts;
using Microsoft.Data.Sqlite;

namespace Chat.Hub.Storage.Sqlite;

internal sealed partial class SqliteStore
{
    public Task<IReadOnlyList<Guid>> RoomsOf(Guid userId, CancellationToken cancellation) => Read<IReadOnlyList<Guid>>(connection =>
    {
        using var statement = new Statement(connection, "select room_id from members where user_id = ?1 and state = 'active'");
        return statement.Bind(userId).All(row => row.Id(0));
    }, cancellation);

    public Task<IReadOnlyList<MyRoom>> Resume(Guid userId, string epoch, IReadOnlyList<RoomHead> known, CancellationToken cancellation) =>
        Read<IReadOnlyList<MyRoom>>(connection =>
        {
            var versions = known.DistinctBy(head => head.RoomId).ToDictionary(head => head.RoomId, head => head.Head);
            var budget = (Records: PageLimits.ResumeRecords, Text: PageLimits.ResumeTextBytes);
            var rooms = MyRooms(connection, userId);
            for (var i = 0; i < rooms.Count; i++)
            {
                var mine = rooms[i];
                if (!versions.TryGetValue(mine.Room.RoomId, out var version) || (version == mine.Head && epoch == Epoch)) continue;
                if (budget.Records <= 0 || budget.Text <= 0) continue;

                var state = StateOf(connection, mine.Room.RoomId)!;
                var sync = Changes(connection, state, epoch, version) ?? Snapshot(connection, state);
                budget = (budget.Records - sync.Members.Count - sync.Messages.Count, budget.Text - PageLimits.TextOf(sync.Messages));
                rooms[i] = mine with { Sync = sync };
            }
            return rooms;
        }, cancellation);

    public Task<RoomEntry?> Enter(Guid roomId, Guid userId, CancellationToken cancellation) => Read(connection =>
        MyRooms(connection, userId, roomId).SingleOrDefault() is { } mine
            ? new RoomEntry { Mine = mine, Snapshot = Snapshot(connection, StateOf(connection, roomId)!) }
            : null, cancellation);

    private static List<MyRoom> MyRooms(SqliteConnection connection, Guid userId, Guid? roomId = null)
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
            ReadSeq = row.GetInt64(Rows.RoomWidth + 11),
            Unread = 0,
        });
        return rooms.ConvertAll(mine => mine with { Unread = Unread(connection, mine.Room.RoomId, userId, mine.ReadSeq) });
    }

    private static int Unread(SqliteConnection connection, Guid roomId, Guid userId, long readSeq)
    {
        using var statement = new Statement(connection, $"""
            select count(*) from (
                select 1 from messages
                where room_id = ?1 and seq > ?3 and kind <> 'system' and deleted_at is null and author_id <> ?2
                limit {PageLimits.MostUnread})
            """);
        return statement.Bind(roomId, userId, readSeq).First(row => row.GetInt32(0));
    }

    public Task<ReadMarker> MarkRead(Guid userId, MarkRead request, CancellationToken cancellation) => Write(connection =>
    {
        // Never backwards, and never past what exists: a marker in the future would swallow what is yet to come.
        using var statement = new Statement(connection, """
            update members set read_seq = max(read_seq, min(?3, (select head from rooms where id = ?1)))
            where room_id = ?1 and user_id = ?2 returning read_seq
            """);
        var seq = statement.Bind(request.RoomId, userId, request.Seq).First(row => row.GetInt64(0));
        return new ReadMarker
        {
            RoomId = request.RoomId,
            UserId = userId,
            Seq = seq,
            Unread = Unread(connection, request.RoomId, userId, seq),
        };
    }, cancellation);
}
