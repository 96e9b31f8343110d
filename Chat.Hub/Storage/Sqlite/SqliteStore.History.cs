using Chat.Contracts;
using Microsoft.Data.Sqlite;

namespace Chat.Hub.Storage.Sqlite;

internal sealed partial class SqliteStore
{
    private const string Older = $"select {Rows.MessageColumns} from messages where room_id = ?1 and seq < ?2 order by seq desc limit ?3";
    private const string Newer = $"select {Rows.MessageColumns} from messages where room_id = ?1 and seq > ?2 order by seq limit ?3";

    public Task<History> ReadHistory(GetHistory request, CancellationToken cancellation) =>
        Read(connection => History(connection, request), cancellation);

    private static History History(SqliteConnection connection, GetHistory request)
    {
        var limit = request.Limit ?? PageLimits.DefaultMessages;
        return request switch
        {
            { AroundSeq: { } seq } => Around(connection, request.RoomId, seq, limit),
            { AfterSeq: { } seq } => After(connection, request.RoomId, seq, limit),
            { BeforeSeq: var seq } => Before(connection, request.RoomId, seq ?? long.MaxValue, limit),
        };
    }

    private static History Before(SqliteConnection connection, Guid roomId, long seq, int limit) =>
        Pages.Before(roomId, Find(connection, Older, roomId, seq, limit + 1), limit, hasNewer: Exists(connection, roomId, from: seq));

    private static History After(SqliteConnection connection, Guid roomId, long seq, int limit) =>
        Pages.After(roomId, Find(connection, Newer, roomId, seq, limit + 1), limit, hasOlder: Exists(connection, roomId, to: seq));

    private static History Around(SqliteConnection connection, Guid roomId, long seq, int limit)
    {
        var (below, above) = Pages.Halves(limit);
        return Pages.Around(
            Before(connection, roomId, seq == long.MaxValue ? seq : seq + 1, below), After(connection, roomId, seq, above), limit);
    }

    private static List<Message> Find(SqliteConnection connection, string sql, Guid roomId, long seq, int most)
    {
        using var statement = new Statement(connection, sql);
        return statement.Bind(roomId, seq, most).All(Rows.Message);
    }

    private static bool Exists(SqliteConnection connection, Guid roomId, long from = 0, long to = long.MaxValue)
    {
        using var statement = new Statement(connection, "select 1 from messages where room_id = ?1 and seq between ?2 and ?3 limit 1");
        return statement.Bind(roomId, from, to).Any();
    }
}
