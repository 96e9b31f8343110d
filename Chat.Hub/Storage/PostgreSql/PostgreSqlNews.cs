using Chat.Contracts;

namespace Chat.Hub.Storage.PostgreSql;

/// <summary>
/// Tells what other nodes committed, at least once and without any clock. A mark is the oldest transaction that was under
/// way when it was taken: all older ones had ended, and were told; all others are told next time, in whatever order they
/// commit.
/// </summary>
internal sealed class PostgreSqlNews(PostgreSqlSessions sessions) : INews
{
    private const string Mark = "select pg_snapshot_xmin(pg_current_snapshot())::text, clock_timestamp()";

    public bool IsShared => true;

    /// <summary>Everything that was committed since the mark; without one only the first mark.</summary>
    /// <exception cref="StoreUnavailableException">PostgreSQL is away.</exception>
    public Task<StoreNews> Read(string? mark, CancellationToken cancellation) => sessions.Read(async connection =>
    {
        await using var batch = connection.CreateBatch().Add(Mark);
        if (mark is not null)
        {
            batch
                .Add("select id, head from rooms where changed >= $1::text::xid8", mark)
                .Add($"select {Rows.MemberColumns} from members m where changed >= $1::text::xid8", mark)
                .Add("select body from orders where changed >= $1::text::xid8 order by created_at, id", mark);
        }
        // One batch, one transaction, one moment: nothing can be committed between the mark and the look.
        await using var rows = await batch.ExecuteReaderAsync(cancellation);
        var (next, now) = await rows.First(row => (row.GetString(0), row.GetFieldValue<DateTimeOffset>(1)), cancellation);
        if (mark is null) return new StoreNews(next, now, [], [], []);
        return new StoreNews(
            next, now,
            await rows.All(row => new RoomHead { RoomId = row.GetGuid(0), Head = row.GetInt64(1) }, cancellation),
            // Sorted here: there, an index that has this order would be read from end to end.
            [.. (await rows.All(Rows.Member, cancellation)).OrderBy(member => member.RoomId).ThenBy(member => member.Version)],
            await rows.All(row => row.GetString(0), cancellation));
    }, cancellation);

    /// <summary>Gives an order to all nodes, once for its id. It can be heard for ten minutes.</summary>
    /// <exception cref="StoreUnavailableException">PostgreSQL is away.</exception>
    public Task Give(Guid id, string order, CancellationToken cancellation) => sessions.WriteAgain(async connection =>
    {
        await using var batch = connection.CreateBatch()
            .Add("insert into orders (id, body) values ($1, $2) on conflict (id) do nothing", id, order)
            .Add("delete from orders where created_at < clock_timestamp() - interval '10 minutes'");
        return await batch.ExecuteNonQueryAsync(cancellation);
    }, cancellation);
}
