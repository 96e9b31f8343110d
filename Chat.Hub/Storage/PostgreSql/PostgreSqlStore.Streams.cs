using Chat.Contracts;

namespace Chat.Hub.Storage.PostgreSql;

internal sealed partial class PostgreSqlStore : IStreamStore
{
    public Task<Message?> FindStream(Guid roomId, long seq, CancellationToken cancellation) =>
        One($"select {Rows.MessageColumns} from messages where room_id = $1 and seq = $2", Rows.Message, cancellation, roomId, seq);

    public Task TouchStreams(IReadOnlyList<MessagePlace> streams, DateTimeOffset now, CancellationToken cancellation) => Run(
        """
        update open_streams s set touched_at = $3 from unnest($1, $2) as heard (room_id, seq)
        where s.room_id = heard.room_id and s.seq = heard.seq
        """,
        cancellation, streams.Select(stream => stream.RoomId).ToArray(), streams.Select(stream => stream.Seq).ToArray(), now);

    public async Task<IReadOnlyList<MessagePlace>> FindSilentStreams(DateTimeOffset since, int most, CancellationToken cancellation) => await All(
        "select room_id, seq from open_streams where touched_at < $1 order by touched_at limit $2",
        row => new MessagePlace { RoomId = row.GetGuid(0), Seq = row.GetInt64(1) }, cancellation, since, most);

    public Task ForgetStream(MessagePlace stream, CancellationToken cancellation) =>
        Run("delete from open_streams where room_id = $1 and seq = $2", cancellation, stream.RoomId, stream.Seq);

    /// <summary>Rows that a statement changed which may be run twice.</summary>
    private Task<int> Run(string sql, CancellationToken cancellation, params object?[] values) => sessions.WriteAgain(async connection =>
    {
        await using var batch = connection.CreateBatch().Add(sql, values);
        return await batch.ExecuteNonQueryAsync(cancellation);
    }, cancellation);

    /// <summary>The rows that a statement answers which may be run twice.</summary>
    private Task<List<T>> RunAll<T>(string sql, Func<Npgsql.NpgsqlDataReader, T> read, CancellationToken cancellation, params object?[] values) =>
        sessions.WriteAgain(connection => Ask(connection, batch => batch.Add(sql, values), rows => rows.All(read, cancellation), cancellation), cancellation);
}
