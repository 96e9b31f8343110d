using DbUp;
using Npgsql;

namespace Chat.Hub.Storage.PostgreSql;

/// <summary>Brings the database to the schema of this version and finds its epoch; refuses a newer one. One node at a time.</summary>
internal static class PostgreSqlSchema
{
    // Taken for a session that ends with the work: a node that dies meanwhile holds nobody up.
    private const string Lock = "select pg_advisory_lock(hashtextextended('schema', 3))";

    /// <returns>The epoch.</returns>
    /// <exception cref="InvalidOperationException">The database is of a newer version, or not in UTF-8.</exception>
    public static async Task<string> Prepare(PostgreSqlSettings settings, string restoredFrom, CancellationToken cancellation)
    {
        await using var source = NpgsqlDataSource.Create(settings.ForSetup);
        await using var connection = await source.OpenConnectionAsync(cancellation);
        if (await Value(connection, "show server_encoding", cancellation) is not "UTF8")
            throw new InvalidOperationException($"The database at {settings.Place} is not in UTF-8: create it with encoding 'UTF8'.");
        await Value(connection, Lock, cancellation);
        await Task.Run(() => SchemaScripts.Run(DeployChanges.To.PostgresqlDatabase(settings.ForSetup), "PostgreSql"), cancellation);
        return await EpochOf(connection, restoredFrom, cancellation);
    }

    private static async Task<string> EpochOf(NpgsqlConnection connection, string restoredFrom, CancellationToken cancellation)
    {
        var epoch = await Value(connection, "select value from meta where key = 'epoch'", cancellation);
        var before = await Value(connection, "select value from meta where key = 'restored_from'", cancellation);
        if (epoch is not null && (restoredFrom.Length is 0 || before == restoredFrom)) return epoch;

        epoch = Guid.CreateVersion7().ToString("N");
        const string put = "insert into meta (key, value) values ($1, $2) on conflict (key) do update set value = excluded.value";
        await using var batch = connection.CreateBatch()
            .Add("begin")
            .Add(put, "epoch", epoch)
            .Add(put, "restored_from", restoredFrom)
            // The backup may come from a cluster whose transactions had higher numbers: they would be news for ever.
            .Add("update rooms set changed = pg_current_xact_id()")
            .Add("update members set changed = pg_current_xact_id()")
            .Add("delete from orders")
            .Add("commit");
        await batch.ExecuteNonQueryAsync(cancellation);
        return epoch;
    }

    private static async Task<string?> Value(NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(cancellation) as string;
    }
}
