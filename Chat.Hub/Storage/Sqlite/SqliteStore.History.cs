using Chat.Contracts;

namespace Chat.Hub.Storage.Sqlite;

internal sealed partial class SqliteStore
{
    private const string Older = $"select {Rows.MessageColumns} from {Timeline} and room_id = ?1 and seq < ?2 order by seq desc limit ?3";
    private const string Newer = $"select {Rows.MessageColumns} from {Timeline} and room_id = ?1 and seq > ?2 order by seq limit ?3";
    private const string HasFrom = $"select 1 from {Timeline} and room_id = ?1 and seq >= ?2 limit ?3";
    private const string HasTo = $"select 1 from {Timeline} and room_id = ?1 and seq <= ?2 limit ?3";

    // Stands for one half of what is in no thread, or for a thread. Each has its own index, which SQLite is told: by the index of
    // all messages it would look at every one in between.
    private const string Timeline = "TIMELINE";
    private const string Said = "messages indexed by messages_said where thread_seq is null and kind <> 'system' and deleted_at is null";
    private const string Otherwise = "messages indexed by messages_beside where thread_seq is null and not (kind <> 'system' and deleted_at is null)";
    private const string InThread = "messages indexed by messages_thread where thread_seq = ?4";

    public Task<History> ReadHistory(GetHistory request, CancellationToken cancellation) =>
        Read(connection => History(connection, request), cancellation, request.RoomId);

    private static History History(Database connection, GetHistory request)
    {
        var limit = request.Limit ?? PageLimits.DefaultMessages;
        return request switch
        {
            { AroundSeq: { } seq } => Around(connection, request.RoomId, seq, limit, request.ThreadSeq),
            { AfterSeq: { } seq } => After(connection, request.RoomId, seq, limit, request.ThreadSeq),
            { BeforeSeq: var seq } => Before(connection, request.RoomId, seq ?? long.MaxValue, limit, request.ThreadSeq),
        };
    }

    private static History Before(Database connection, Guid roomId, long seq, int limit, long? thread = null) => Pages.Before(
        roomId, Find(connection, Older, roomId, seq, limit + 1, thread), limit, hasNewer: Exists(connection, HasFrom, roomId, seq, thread));

    private static History After(Database connection, Guid roomId, long seq, int limit, long? thread) => Pages.After(
        roomId, Find(connection, Newer, roomId, seq, limit + 1, thread), limit, hasOlder: Exists(connection, HasTo, roomId, seq, thread));

    private static History Around(Database connection, Guid roomId, long seq, int limit, long? thread)
    {
        var (below, above) = Pages.Halves(limit);
        return Pages.Around(
            Before(connection, roomId, seq == long.MaxValue ? seq : seq + 1, below, thread), After(connection, roomId, seq, above, thread), limit);
    }

    private static List<Message> Find(Database connection, string sql, Guid roomId, long seq, int most, long? thread)
    {
        if (thread is not null) return FindIn(InThread);
        // Both halves of the timeline, put together again.
        var (said, beside) = (FindIn(Said), FindIn(Otherwise));
        if (beside.Count is 0) return said;
        var all = said.Concat(beside);
        return [.. (sql == Newer ? all.OrderBy(message => message.Seq) : all.OrderByDescending(message => message.Seq)).Take(most)];

        List<Message> FindIn(string half)
        {
            using var statement = On(connection, sql, half);
            return Bind(statement, roomId, seq, most, thread).All(Rows.Message);
        }
    }

    private static bool Exists(Database connection, string sql, Guid roomId, long seq, long? thread) =>
        (thread is null ? (string[])[Said, Otherwise] : [InThread]).Any(half =>
        {
            using var statement = On(connection, sql, half);
            return Bind(statement, roomId, seq, 1, thread).Any();
        });

    private static Statement Bind(Statement statement, Guid roomId, long seq, int most, long? thread) =>
        thread is { } root ? statement.Bind(roomId, seq, most, root) : statement.Bind(roomId, seq, most);

    private static Statement On(Database connection, string sql, string half) => new(connection, sql.Replace(Timeline, half, StringComparison.Ordinal));
}
