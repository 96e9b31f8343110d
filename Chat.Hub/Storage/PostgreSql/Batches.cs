using Npgsql;

namespace Chat.Hub.Storage.PostgreSql;

/// <summary>Several statements in one round trip, with parameters $1, $2 …, and their answers one after the other.</summary>
internal static class Batches
{
    public static NpgsqlBatch Add(this NpgsqlBatch batch, string sql, params ReadOnlySpan<object?> values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter
            {
                Value = value switch
                {
                    null => DBNull.Value,
                    DateTimeOffset time => WholeMilliseconds(time),
                    _ => value,
                },
            });
        }
        batch.BatchCommands.Add(command);
        return batch;
    }

    /// <summary>The rows of this statement; the reader goes on to the next.</summary>
    public static async Task<List<T>> All<T>(this NpgsqlDataReader rows, Func<NpgsqlDataReader, T> read, CancellationToken cancellation = default)
    {
        var found = new List<T>();
        while (await rows.ReadAsync(cancellation)) found.Add(read(rows));
        await rows.NextResultAsync(cancellation);
        return found;
    }

    /// <summary>The only row of this statement, if there is one; the reader goes on to the next.</summary>
    public static async Task<T?> First<T>(this NpgsqlDataReader rows, Func<NpgsqlDataReader, T> read, CancellationToken cancellation = default)
    {
        var found = await rows.ReadAsync(cancellation) ? read(rows) : default;
        await rows.NextResultAsync(cancellation);
        return found;
    }

    /// <summary>Whether there is a row; the reader goes on to the next.</summary>
    public static Task<bool> Any(this NpgsqlDataReader rows, CancellationToken cancellation = default) => rows.First(_ => true, cancellation);

    /// <summary>One value of each record: a column for <c>unnest</c>.</summary>
    public static TColumn[] Each<T, TColumn>(IEnumerable<T> records, Func<T, TColumn> column) => [.. records.Select(column)];

    /// <summary>As both stores keep it.</summary>
    public static DateTimeOffset WholeMilliseconds(DateTimeOffset time) => DateTimeOffset.FromUnixTimeMilliseconds(time.ToUnixTimeMilliseconds());

    /// <summary>As both stores keep it.</summary>
    public static DateTimeOffset? WholeMilliseconds(DateTimeOffset? time) => time is { } moment ? WholeMilliseconds(moment) : null;

    /// <summary>
    /// A text that somebody looks for. PostgreSQL cannot hold U+0000; no name has U+0001 either, so that it finds the same
    /// nothing in its place.
    /// </summary>
    public static string Sought(string text) => text.Replace('\0', '\u0001');
}
