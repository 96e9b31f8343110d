using Chat.Contracts;
using Npgsql;

namespace Chat.Hub.Storage.PostgreSql;

internal sealed partial class PostgreSqlStore
{
    private const string Older = $"select {Rows.MessageColumns} from messages where room_id = $1 and seq < $2 and {Timeline} order by seq desc limit $3";
    private const string Newer = $"select {Rows.MessageColumns} from messages where room_id = $1 and seq > $2 and {Timeline} order by seq limit $3";
    private const string HasFrom = $"select 1 from messages where room_id = $1 and seq >= $2 and {Timeline} limit $3";
    private const string HasTo = $"select 1 from messages where room_id = $1 and seq <= $2 and {Timeline} limit $3";

    // Stands for what is in no thread, or in one: each has its own index.
    private const string Timeline = "TIMELINE";

    public Task<History> ReadHistory(GetHistory request, CancellationToken cancellation)
    {
        var (room, limit, thread) = (request.RoomId, request.Limit ?? PageLimits.DefaultMessages, request.ThreadSeq);
        return request switch
        {
            { AroundSeq: { } seq } => Around(room, seq, limit, thread, cancellation),
            { AfterSeq: { } seq } => Ask(batch => AskAfter(batch, room, seq, limit, thread), rows => After(rows, room, limit, cancellation), cancellation),
            { BeforeSeq: var seq } => Ask(batch => AskBefore(batch, room, seq ?? long.MaxValue, limit, thread), rows => Before(rows, room, limit, cancellation), cancellation),
        };
    }

    private Task<History> Around(Guid room, long seq, int limit, long? thread, CancellationToken cancellation)
    {
        var (below, above) = Pages.Halves(limit);
        return Ask(
            batch =>
            {
                AskBefore(batch, room, seq == long.MaxValue ? seq : seq + 1, below, thread);
                AskAfter(batch, room, seq, above, thread);
            },
            async rows => Pages.Around(await Before(rows, room, below, cancellation), await After(rows, room, above, cancellation), limit),
            cancellation);
    }

    private static void AskBefore(NpgsqlBatch batch, Guid room, long seq, int limit, long? thread = null)
    {
        Add(batch, Older, room, seq, limit + 1, thread);
        Add(batch, HasFrom, room, seq, 1, thread);
    }

    private static async Task<History> Before(NpgsqlDataReader rows, Guid room, int limit, CancellationToken cancellation) =>
        Pages.Before(room, await rows.All(Rows.Message, cancellation), limit, hasNewer: await rows.Any(cancellation));

    private static void AskAfter(NpgsqlBatch batch, Guid room, long seq, int limit, long? thread)
    {
        Add(batch, Newer, room, seq, limit + 1, thread);
        Add(batch, HasTo, room, seq, 1, thread);
    }

    private static async Task<History> After(NpgsqlDataReader rows, Guid room, int limit, CancellationToken cancellation) =>
        Pages.After(room, await rows.All(Rows.Message, cancellation), limit, hasOlder: await rows.Any(cancellation));

    private static void Add(NpgsqlBatch batch, string sql, Guid room, long seq, int most, long? thread)
    {
        if (thread is null) batch.Add(sql.Replace(Timeline, "thread_seq is null", StringComparison.Ordinal), room, seq, most);
        else batch.Add(sql.Replace(Timeline, "thread_seq = $4", StringComparison.Ordinal), room, seq, most, thread);
    }
}
