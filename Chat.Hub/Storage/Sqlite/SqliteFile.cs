using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace Chat.Hub.Storage.Sqlite;

/// <summary>The SQLite file: opens connections that are set up as the durability asks, and lets one process in.</summary>
internal sealed class SqliteFile : IDisposable
{
    // The writer's memory for pages, in KB; and how many pages the log grows to before they go to their places. Rooms that
    // are written to again and again are then written back once.
    private const int WriterCacheKb = 64 * 1024;
    private const int PagesPerCheckpoint = 8 * 1024;

    private readonly ConcurrentBag<Database> resting = [];
    private readonly string synchronous;
    private readonly FileStream onlyOne;
    private readonly string path;

    /// <exception cref="InvalidOperationException">Another process has the file.</exception>
    public SqliteFile(string path, Durability durability)
    {
        synchronous = durability is Durability.PowerLoss ? "full" : "normal";
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        onlyOne = LockOut(path);
        this.path = path;
        // Before SQLite makes the file of its log: the name of this one is on disk when SQLite has flushed the folder for that one.
        new FileStream(PostsPath, FileMode.OpenOrCreate).Dispose();
    }

    /// <summary>The file of messages that are not in the tables yet.</summary>
    public string PostsPath => path + ".posts";

    /// <summary>Whether an acknowledgement must survive a power cut.</summary>
    public bool Flushes => synchronous is "full";

    public string ConnectionString => new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString();

    /// <summary>A connection for reading, with the statements it ran before.</summary>
    public SqliteReader Reader() => new(resting.TryTake(out var rested) ? rested : new Database(path), resting);

    /// <summary>The connection that writes, set up for what an acknowledgement must survive.</summary>
    public Database OpenForWriting()
    {
        var database = new Database(path);
        foreach (var setting in (string[])["journal_mode = wal", $"synchronous = {synchronous}", $"cache_size = -{WriterCacheKb}", $"wal_autocheckpoint = {PagesPerCheckpoint}"])
        {
            using var statement = new Statement(database, $"pragma {setting}");
            statement.Run();
        }
        return database;
    }

    public void Dispose()
    {
        while (resting.TryTake(out var database)) database.Dispose();
        onlyOne.Dispose();
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
