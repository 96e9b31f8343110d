using Chat.Contracts;
using Npgsql;

namespace Chat.Hub.Storage.PostgreSql;

internal sealed partial class PostgreSqlStore
{
    private const string Older = $"select {Rows.MessageColumns} from messages where room_id = $1 and seq < $2 order by seq desc limit $3";
    private const string Newer = $"select {Rows.MessageColumns} from messages where room_id = $1 and seq > $2 order by seq limit $3";
    private const string HasFrom = "select 1 from messages where room_id = $1 and seq >= $2 limit 1";
    private const string HasTo = "select 1 from messages where room_id = $1 and seq <= $2 limit 1";

    public Task<History> ReadHistory(GetHistory request, CancellationToken cancellation)
    {
        var (room, limit) = (request.RoomId, request.Limit ?? PageLimits.DefaultMessages);
        return request switch
        {
            { AroundSeq: { } seq } => Around(room, seq, limit, cancellation),
            { AfterSeq: { } seq } => Ask(batch => AskAfter(batch, room, seq, limit), rows => After(rows, room, limit, cancellation), cancellation),
            { BeforeSeq: var seq } => Ask(batch => AskBefore(batch, room, seq ?? long.MaxValue, limit), rows => Before(rows, room, limit, cancellation), cancellation),
        };
    }

    private Task<History> Around(Guid room, long seq, int limit, CancellationToken cancellation)
    {
        var (below, above) = Pages.Halves(limit);
        return Ask(
            batch =>
            {
                AskBefore(batch, room, seq == long.MaxValue ? seq : seq + 1, below);
                AskAfter(batch, room, seq, above);
            },
            async rows => Pages.Around(await Before(rows, room, below, cancellation), await After(rows, room, above, cancellation), limit),
            cancellation);
    }

    private static void AskBefore(NpgsqlBatch batch, Guid room, long seq, int limit) =>
        batch.Add(Older, room, seq, limit + 1).Add(HasFrom, room, seq);

    private static async Task<History> Before(NpgsqlDataReader rows, Guid room, int limit, CancellationToken cancellation) =>
        Pages.Before(room, await rows.All(Rows.Message, cancellation), limit, hasNewer: await rows.Any(cancellation));

    private static void AskAfter(NpgsqlBatch batch, Guid room, long seq, int limit) =>
        batch.Add(Newer, room, seq, limit + 1).Add(HasTo, room, seq);

    private static async Task<History> After(NpgsqlDataReader rows, Guid room, int limit, CancellationToken cancellation) =>
        Pages.After(room, await rows.All(Rows.Message, cancellation), limit, hasOlder: await rows.Any(cancellation));
}
