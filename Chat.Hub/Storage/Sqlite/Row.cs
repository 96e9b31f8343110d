using SQLitePCL;

namespace Chat.Hub.Storage.Sqlite;

/// <summary>The row that a <see cref="Statement"/> stands at; its columns in the forms they are stored in.</summary>
internal sealed class Row(sqlite3_stmt statement)
{
    public bool IsDBNull(int column) => raw.sqlite3_column_type(statement, column) is raw.SQLITE_NULL;

    public string GetString(int column) => raw.sqlite3_column_text(statement, column).utf8_to_string() ?? throw Missing(column);

    public long GetInt64(int column) => IsDBNull(column) ? throw Missing(column) : raw.sqlite3_column_int64(statement, column);

    public int GetInt32(int column) => checked((int)GetInt64(column));

    public bool GetBoolean(int column) => GetInt64(column) is not 0;

    public byte[] Bytes(int column) => IsDBNull(column) ? throw Missing(column) : raw.sqlite3_column_blob(statement, column).ToArray();

    public Guid Id(int column) => IsDBNull(column) ? throw Missing(column) : new(raw.sqlite3_column_blob(statement, column), bigEndian: true);

    public Guid? IdOrNull(int column) => IsDBNull(column) ? null : Id(column);

    public DateTimeOffset Time(int column) => DateTimeOffset.FromUnixTimeMilliseconds(GetInt64(column));

    public DateTimeOffset? TimeOrNull(int column) => IsDBNull(column) ? null : Time(column);

    public long? LongOrNull(int column) => IsDBNull(column) ? null : GetInt64(column);

    public int? IntOrNull(int column) => IsDBNull(column) ? null : GetInt32(column);

    public string? TextOrNull(int column) => IsDBNull(column) ? null : GetString(column);

    private static InvalidOperationException Missing(int column) => new($"Column {column} is null.");
}
