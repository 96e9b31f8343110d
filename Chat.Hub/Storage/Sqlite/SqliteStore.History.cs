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

    private static History Before(SqliteConnection connection, Guid roomId, long seq, int limit)
    {
        var (page, more) = Page(connection, Older, roomId, seq, limit);
        page.Reverse();
        return Told(roomId, page, hasOlder: more, hasNewer: Exists(connection, roomId, from: page.Count > 0 ? page[^1].Seq + 1 : seq));
    }

    private static History After(SqliteConnection connection, Guid roomId, long seq, int limit)
    {
        var (page, more) = Page(connection, Newer, roomId, seq, limit);
        return Told(roomId, page, hasOlder: Exists(connection, roomId, to: page.Count > 0 ? page[0].Seq - 1 : seq), hasNewer: more);
    }

    private static History Around(SqliteConnection connection, Guid roomId, long seq, int limit)
    {
        var older = Before(connection, roomId, seq == long.MaxValue ? seq : seq + 1, (limit + 1) / 2);
        var newer = After(connection, roomId, seq, Math.Max(1, limit / 2));
        // Two pages in one answer: each side gives up what does not fit into half.
        var below = PageLimits.Fitting(older.Messages.Reverse(), PageLimits.PageBytes / 2);
        var above = limit is 1 ? [] : PageLimits.Fitting(newer.Messages, PageLimits.PageBytes / 2);
        below.Reverse();
        return Told(
            roomId, [.. below, .. above],
            older.HasOlder || below.Count < older.Messages.Count, newer.HasNewer || above.Count < newer.Messages.Count);
    }

    // One more than asked tells whether there are more.
    private static (List<Message> Page, bool More) Page(SqliteConnection connection, string sql, Guid roomId, long seq, int limit)
    {
        using var statement = new Statement(connection, sql);
        var found = statement.Bind(roomId, seq, limit + 1).All(Rows.Message);
        var page = PageLimits.Fitting(found.Take(limit));
        return (page, page.Count < found.Count);
    }

    private static bool Exists(SqliteConnection connection, Guid roomId, long from = 0, long to = long.MaxValue)
    {
        using var statement = new Statement(connection, "select 1 from messages where room_id = ?1 and seq between ?2 and ?3 limit 1");
        return statement.Bind(roomId, from, to).Any();
    }

    private static History Told(Guid roomId, List<Message> messages, bool hasOlder, bool hasNewer) =>
        new() { RoomId = roomId, Messages = messages, HasOlder = hasOlder, HasNewer = hasNewer };
}
