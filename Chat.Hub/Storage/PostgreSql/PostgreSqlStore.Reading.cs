using Npgsql;

namespace Chat.Hub.Storage.PostgreSql;

internal sealed partial class PostgreSqlStore
{
    /// <summary>One row of one statement.</summary>
    private Task<T?> One<T>(string sql, Func<NpgsqlDataReader, T> read, CancellationToken cancellation, params object?[] values) =>
        Ask(batch => batch.Add(sql, values), rows => rows.First(read, cancellation), cancellation);

    /// <summary>All rows of one statement.</summary>
    private Task<List<T>> All<T>(string sql, Func<NpgsqlDataReader, T> read, CancellationToken cancellation, params object?[] values) =>
        Ask(batch => batch.Add(sql, values), rows => rows.All(read, cancellation), cancellation);

    /// <summary>Some statements, from one moment, in one round trip.</summary>
    private Task<T> Ask<T>(Action<NpgsqlBatch> ask, Func<NpgsqlDataReader, Task<T>> read, CancellationToken cancellation) =>
        sessions.Read(connection => Ask(connection, ask, read, cancellation), cancellation);

    private static async Task<T> Ask<T>(
        NpgsqlConnection connection, Action<NpgsqlBatch> ask, Func<NpgsqlDataReader, Task<T>> read, CancellationToken cancellation)
    {
        await using var batch = connection.CreateBatch();
        ask(batch);
        await using var rows = await batch.ExecuteReaderAsync(cancellation);
        return await read(rows);
    }

    /// <summary>Several round trips that see one moment.</summary>
    private Task<T> ReadMoment<T>(Func<NpgsqlConnection, Task<T>> read, CancellationToken cancellation) => sessions.Read(async connection =>
    {
        await using var moment = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancellation);
        var answer = await read(connection);
        await moment.CommitAsync(cancellation);
        return answer;
    }, cancellation);
}
