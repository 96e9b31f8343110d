using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Chat.Hub.Storage.Sqlite;

/// <summary>
/// An open SQLite file, used by one at a time, with the statements it ran before: preparing one costs more than running most
/// of them. By SQLite's own interface and without its locks, which are taken with every column that is read.
/// </summary>
internal sealed class Database : IDisposable
{
    // How long somebody else's lock is waited for.
    private const int BusyMs = 5_000;

    private readonly Dictionary<string, sqlite3_stmt> resting = new(StringComparer.Ordinal);

    static Database() => Batteries_V2.Init();

    /// <exception cref="SqliteException">The file cannot be opened.</exception>
    public Database(string path)
    {
        var code = raw.sqlite3_open_v2(path, out var handle, raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE | raw.SQLITE_OPEN_NOMUTEX, null);
        Handle = handle;
        Check(code);
        Check(raw.sqlite3_busy_timeout(handle, BusyMs));
    }

    public sqlite3 Handle { get; }

    /// <exception cref="SqliteException">It is no statement, or the file cannot be read.</exception>
    /// <exception cref="ArgumentException">It is more than one statement.</exception>
    public sqlite3_stmt Take(string sql)
    {
        if (resting.Remove(sql, out var known)) return known;
        Check(raw.sqlite3_prepare_v2(Handle, sql, out var statement, out var rest));
        return string.IsNullOrWhiteSpace(rest) ? statement : throw new ArgumentException($"One statement at a time, and not: {rest}", nameof(sql));
    }

    public void Rest(string sql, sqlite3_stmt statement)
    {
        _ = raw.sqlite3_clear_bindings(statement);
        if (!resting.TryAdd(sql, statement)) statement.Dispose();
    }

    /// <summary>Runs what says how the connection works. Never kept prepared: some of it is done while it is prepared.</summary>
    /// <exception cref="SqliteException">It failed.</exception>
    public void Execute(string sql) => Check(raw.sqlite3_exec(Handle, sql));

    /// <summary>Brings all of the log to its places, flushes them, and empties the log.</summary>
    /// <exception cref="SqliteException">It could not.</exception>
    public void Checkpoint()
    {
        using var statement = new Statement(this, "pragma wal_checkpoint(truncate)");
        if (statement.First(row => row.GetInt64(0)) is not 0) Check(raw.SQLITE_BUSY);
    }

    /// <exception cref="SqliteException">The code says that something failed.</exception>
    public void Check(int code) => SqliteException.ThrowExceptionForRC(code, Handle);

    public void Dispose()
    {
        foreach (var statement in resting.Values) statement.Dispose();
        resting.Clear();
        Handle.Dispose();
    }
}
