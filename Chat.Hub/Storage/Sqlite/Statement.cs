using System.Buffers;
using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Chat.Hub.Storage.Sqlite;

/// <summary>
/// A prepared statement with parameters ?1, ?2 … that is bound and run many times. By SQLite's own interface: a command of
/// Microsoft.Data.Sqlite looks parameters up by name and makes a reader each time, which costs more than most statements do.
/// </summary>
internal sealed class Statement : IDisposable
{
    private readonly Database database;
    private readonly string sql;
    private readonly sqlite3_stmt statement;
    private readonly Row row;
    private bool isOver;

    /// <exception cref="SqliteException">It is no statement, or the file cannot be read.</exception>
    /// <exception cref="ArgumentException">It is more than one statement.</exception>
    public Statement(Database database, string sql)
    {
        (this.database, this.sql) = (database, sql);
        statement = database.Take(sql);
        row = new Row(statement);
    }

    public Statement Bind(params ReadOnlySpan<object?> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            var place = i + 1;
            database.Check(values[i] switch
            {
                null => raw.sqlite3_bind_null(statement, place),
                Guid id => Bind(place, id),
                string text => Bind(place, text),
                long number => raw.sqlite3_bind_int64(statement, place, number),
                int number => raw.sqlite3_bind_int64(statement, place, number),
                bool flag => raw.sqlite3_bind_int64(statement, place, flag ? 1 : 0),
                DateTimeOffset time => raw.sqlite3_bind_int64(statement, place, time.ToUnixTimeMilliseconds()),
                byte[] bytes => Bind(place, bytes.AsSpan()),
                IReadOnlyList<Guid> ids => Bind(place, [.. ids.SelectMany(id => id.ToByteArray(bigEndian: true))]),
                var other => throw new ArgumentException($"{other.GetType().Name} is in no column.", nameof(values)),
            });
        }
        return this;
    }

    /// <returns>How many rows it changed.</returns>
    public int Run()
    {
        try
        {
            while (Step())
            {
            }
            return raw.sqlite3_changes(database.Handle);
        }
        finally
        {
            _ = raw.sqlite3_reset(statement);
        }
    }

    public List<T> All<T>(Func<Row, T> read)
    {
        var rows = new List<T>();
        try
        {
            while (Step()) rows.Add(read(row));
            return rows;
        }
        finally
        {
            _ = raw.sqlite3_reset(statement);
        }
    }

    public T? First<T>(Func<Row, T> read)
    {
        try
        {
            return Step() ? read(row) : default;
        }
        finally
        {
            _ = raw.sqlite3_reset(statement);
        }
    }

    public bool Any() => First(_ => true);

    public void Dispose()
    {
        if (isOver) return;
        isOver = true;
        database.Rest(sql, statement);
    }

    private bool Step()
    {
        var code = raw.sqlite3_step(statement);
        if (code is not (raw.SQLITE_ROW or raw.SQLITE_DONE)) database.Check(code);
        return code is raw.SQLITE_ROW;
    }

    private int Bind(int place, Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        return raw.sqlite3_bind_blob(statement, place, bytes);
    }

    // Nothing at all is null to SQLite: an empty value needs a call of its own.
    private int Bind(int place, ReadOnlySpan<byte> bytes) =>
        bytes.IsEmpty ? raw.sqlite3_bind_zeroblob(statement, place, 0) : raw.sqlite3_bind_blob(statement, place, bytes);

    private int Bind(int place, string text)
    {
        if (text.Length is 0) return raw.sqlite3_bind_text(statement, place, "");
        var most = Encoding.UTF8.GetMaxByteCount(text.Length);
        var rented = most > 512 ? ArrayPool<byte>.Shared.Rent(most) : null;
        try
        {
            Span<byte> bytes = rented is null ? stackalloc byte[512] : rented;
            return raw.sqlite3_bind_text(statement, place, bytes[..Encoding.UTF8.GetBytes(text, bytes)]);
        }
        finally
        {
            if (rented is not null) ArrayPool<byte>.Shared.Return(rented);
        }
    }
}
