using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace Chat.Hub.Storage.Sqlite;

/// <summary>The SQLite file: opens connections that are set up as the durability asks, and lets one process in.</summary>
internal sealed class SqliteFile : IDisposable
{
    /// <summary>How long somebody else's lock is waited for.</summary>
    private const int BusyMs = 5_000;

    // The writer's memory for pages, in KB; and how many pages the log grows to before they go to their places. Rooms that
    // are written to again and again are then written back once.
    private const int WriterCacheKb = 64 * 1024;
    private const int PagesPerCheckpoint = 8 * 1024;

    private readonly ConcurrentBag<SqliteConnection> resting = [];
    private readonly string synchronous;
    private readonly FileStream onlyOne;
    private readonly string connectionString;

    /// <exception cref="InvalidOperationException">Another process has the file.</exception>
    public SqliteFile(string path, Durability durability)
    {
        synchronous = durability is Durability.PowerLoss ? "full" : "normal";
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        onlyOne = LockOut(path);
        connectionString = new SqliteConnectionStringBuilder { DataSource = path, DefaultTimeout = BusyMs / 1_000, Pooling = false }.ToString();
    }

    public string ConnectionString => connectionString;

    /// <summary>A connection for reading, with the statements it ran before.</summary>
    public SqliteReader Reader() => new(resting.TryTake(out var rested) ? rested : Open(), resting);

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection(connectionString);
        connection.Open();
        // Statements are run by SQLite's own interface, which waits by itself only if it is told to.
        _ = SQLitePCL.raw.sqlite3_busy_timeout(connection.Handle, BusyMs);
        return connection;
    }

    /// <summary>The connection that writes, set up for what an acknowledgement must survive.</summary>
    public SqliteConnection OpenForWriting()
    {
        var connection = Open();
        using var setup = connection.CreateCommand();
        setup.CommandText = $"pragma journal_mode = wal; pragma synchronous = {synchronous}; pragma cache_size = -{WriterCacheKb}; pragma wal_autocheckpoint = {PagesPerCheckpoint};";
        setup.ExecuteNonQuery();
        return connection;
    }

    public void Dispose()
    {
        while (resting.TryTake(out var connection)) Close(connection);
        onlyOne.Dispose();
    }

    /// <summary>Ends a connection and its statements.</summary>
    public static void Close(SqliteConnection connection)
    {
        PreparedStatements.Of(connection).Dispose();
        connection.Dispose();
    }

    // Two processes on one file would each tell their own clients only: refused, instead of a chat that half works.
    private static FileStream LockOut(string path)
    {
        try
        {
            return new FileStream(path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e)
        {
            throw new InvalidOperationException(
                $"The store {path} is in use by another process. Stop it first, or give this one another Chat:Store:Path.", e);
        }
    }
}
