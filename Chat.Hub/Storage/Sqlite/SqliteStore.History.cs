using Chat.Contracts;
using Microsoft.Data.Sqlite;

namespace Chat.Hub.Storage.Sqlite;

internal sealed partial class SqliteStore
{
    private const string Older = $"select {Rows.MessageColumns} from messages where room_id = ?1 and seq < ?2 and {Timeline} order by seq desc limit ?3";
    private const string Newer = $"select {Rows.MessageColumns} from messages where room_id = ?1 and seq > ?2 and {Timeline} order by seq limit ?3";
    private const string HasFrom = $"select 1 from messages where room_id = ?1 and seq >= ?2 and {Timeline} limit ?3";
    private const string HasTo = $"select 1 from messages where room_id = ?1 and seq <= ?2 and {Timeline} limit ?3";

    // Stands for what is in no thread, or in one: each has its own index.
    private const string Timeline = "TIMELINE";

    public Task<History> ReadHistory(GetHistory request, CancellationToken cancellation) =>
        Read(connection => History(connection, request), cancellation);

    private static History History(SqliteConnection connection, GetHistory request)
    {
        var limit = request.Limit ?? PageLimits.DefaultMessages;
        return request switch
        {
            { AroundSeq: { } seq } => Around(connection, request.RoomId, seq, limit, request.ThreadSeq),
            { AfterSeq: { } seq } => After(connection, request.RoomId, seq, limit, request.ThreadSeq),
            { BeforeSeq: var seq } => Before(connection, request.RoomId, seq ?? long.MaxValue, limit, request.ThreadSeq),
        };
    }

    private static History Before(SqliteConnection connection, Guid roomId, long seq, int limit, long? thread = null) => Pages.Before(
        roomId, Find(connection, Older, roomId, seq, limit + 1, thread), limit, hasNewer: Exists(connection, HasFrom, roomId, seq, thread));

    private static History After(SqliteConnection connection, Guid roomId, long seq, int limit, long? thread) => Pages.After(
        roomId, Find(connection, Newer, roomId, seq, limit + 1, thread), limit, hasOlder: Exists(connection, HasTo, roomId, seq, thread));

    private static History Around(SqliteConnection connection, Guid roomId, long seq, int limit, long? thread)
    {
        var (below, above) = Pages.Halves(limit);
        return Pages.Around(
            Before(connection, roomId, seq == long.MaxValue ? seq : seq + 1, below, thread), After(connection, roomId, seq, above, thread), limit);
    }

    private static List<Message> Find(SqliteConnection connection, string sql, Guid roomId, long seq, int most, long? thread)
    {
        using var statement = On(connection, sql, thread);
        return Bind(statement, roomId, seq, most, thread).All(Rows.Message);
    }

    private static bool Exists(SqliteConnection connection, string sql, Guid roomId, long seq, long? thread)
    {
        using var statement = On(connection, sql, thread);
        return Bind(statement, roomId, seq, 1, thread).Any();
    }

    private static Statement Bind(Statement statement, Guid roomId, long seq, int most, long? thread) =>
        thread is { } root ? statement.Bind(roomId, seq, most, root) : statement.Bind(roomId, seq, most);

    private static Statement On(SqliteConnection connection, string sql, long? thread) =>
        new(connection, sql.Replace(Timeline, thread is null ? "thread_seq is null" : "thread_seq = ?4", StringComparison.Ordinal));
}
