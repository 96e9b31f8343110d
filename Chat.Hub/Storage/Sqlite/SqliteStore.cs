using DbUp;
using Microsoft.Data.Sqlite;

namespace Chat.Hub.Storage.Sqlite;

/// <summary>Everything in one SQLite file: one writer at a time, readers beside it (write-ahead log).</summary>
internal sealed partial class SqliteStore : IRoomStore, IDisposable
{
    private readonly SqliteFile file;
    private readonly SemaphoreSlim writing = new(1, 1);
    private readonly Database writer;
    private readonly SqliteRoomReader roomsRead;
    private readonly SqliteMessageWriter messages;
    private readonly SqliteRoomWriter rooms;
    private readonly SqliteSearchIndex search;
    private readonly Posts posts;
    private readonly Settling settling;
    private readonly ILogger logger;
    private int isOver;

    /// <summary>Opens the file, brings it to this version's schema and finds its epoch.</summary>
    /// <param name="path">Absolute path of the file.</param>
    /// <param name="options">Durability and restored backup.</param>
    /// <param name="logger">Told where messages cannot be settled.</param>
    public SqliteStore(string path, StoreOptions options, ILogger<SqliteStore> logger)
    {
        this.logger = logger;
        file = new SqliteFile(path, options.Durability);
        SchemaScripts.Run(DeployChanges.To.SqliteDatabase(file.ConnectionString), "Sqlite");
        writer = file.OpenForWriting();
        var ids = LateIds();
        roomsRead = new SqliteRoomReader(writer, ids);
        search = new SqliteSearchIndex(writer);
        messages = new SqliteMessageWriter(writer, search, ids);
        rooms = new SqliteRoomWriter(writer, messages);
        // First, while the store's life is still the one it is of.
        posts = new Posts(writer, roomsRead, messages, search, file, logger);
        var before = EpochBefore();
        var number = posts.Restore(before);
        Epoch = EpochOf(before, options.RestoredFrom ?? "");
        posts.Open(Epoch, number);
        settling = new Settling(Settle, logger);
    }

    public string Epoch { get; }

    public Task Probe(CancellationToken cancellation) => WriteAside(connection =>
    {
        using var touch = new Statement(connection, "insert into meta (key, value) values ('probe', '') on conflict (key) do update set value = ''");
        return touch.Run();
    }, cancellation);

    public void Dispose()
    {
        // It is known under several names, and ended under each.
        if (Interlocked.Exchange(ref isOver, 1) is 1) return;
        settling.Dispose();
        // Into the tables, so that a copy of the file has all. Where that fails the journal keeps them for the next start.
        writing.Wait();
        try
        {
            posts.Close();
        }
        catch (SqliteException e)
        {
            LogUnsettled(logger, e);
        }
        posts.Dispose();
        roomsRead.Dispose();
        rooms.Dispose();
        messages.Dispose();
        search.Dispose();
        writer.Dispose();
        writing.Dispose();
        file.Dispose();
    }

    // For a year, which is longer than a process runs: one in 9,000 ids without time in them lies in it.
    private PostedIds LateIds()
    {
        var now = TimeProvider.System.GetUtcNow();
        var (floor, ceiling) = (Guid.CreateVersion7(now), Guid.CreateVersion7(now.AddYears(1)));
        var ids = new PostedIds(floor, ceiling);
        using var read = new Statement(writer, "select client_message_id from messages where client_message_id > ?1 and client_message_id < ?2");
        foreach (var id in read.Bind(floor, ceiling).All(row => row.Id(0))) ids.Add(id);
        return ids;
    }

    private string? EpochBefore()
    {
        using var read = new Statement(writer, "select value from meta where key = 'epoch'");
        return read.First(row => row.GetString(0));
    }

    private string EpochOf(string? epoch, string restoredFrom)
    {
        using var read = new Statement(writer, "select value from meta where key = ?1");
        if (epoch is not null && (restoredFrom.Length is 0 || read.Bind("restored_from").First(row => row.GetString(0)) == restoredFrom))
            return epoch;

        epoch = Guid.CreateVersion7().ToString("N");
        using var together = Transaction.Writing(writer);
        using var write = new Statement(writer, "insert into meta (key, value) values (?1, ?2) on conflict (key) do update set value = excluded.value");
        write.Bind("epoch", epoch).Run();
        write.Bind("restored_from", restoredFrom).Run();
        together.Commit();
        return epoch;
    }

    /// <summary>Writes what changes look at: rooms, members, what listens to them.</summary>
    private Task<T> Write<T>(Func<Database, T> write, CancellationToken cancellation) => WriteAside(connection =>
    {
        posts.Forget();
        return write(connection);
    }, cancellation);

    /// <summary>Writes what no change looks at, or has it forgotten itself.</summary>
    private async Task<T> WriteAside<T>(Func<Database, T> write, CancellationToken cancellation)
    {
        await writing.WaitAsync(cancellation);
        try
        {
            posts.Tighten();
            return write(writer);
        }
        catch (SqliteException e) when (IsAway(e))
        {
            throw new StoreUnavailableException($"SQLite cannot write (code {e.SqliteErrorCode}).", e);
        }
        finally
        {
            writing.Release();
        }
    }

    private Task<bool> Settle(CancellationToken cancellation) => WriteAside(_ =>
    {
        posts.Settle();
        return true;
    }, cancellation);

    /// <summary>Reads by several statements, from one moment.</summary>
    /// <param name="read">What.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <param name="roomId">The only room whose messages it looks at.</param>
    private Task<T> Read<T>(Func<Database, T> read, CancellationToken cancellation, Guid? roomId = null) =>
        ReadOne(connection => AtOneMoment(connection, read), cancellation, roomId);

    /// <summary>Reads by one statement, which is a moment by itself.</summary>
    private Task<T> ReadOne<T>(Func<Database, T> read, CancellationToken cancellation, Guid? roomId = null) =>
        posts.Concern(roomId) ? ReadSettled(read, cancellation) : ReadNow(read, cancellation);

    private async Task<T> ReadSettled<T>(Func<Database, T> read, CancellationToken cancellation)
    {
        await Settle(cancellation);
        return await ReadNow(read, cancellation);
    }

    /// <summary>Reads by several statements what no message is in, nor the head of a room.</summary>
    private Task<T> ReadAside<T>(Func<Database, T> read, CancellationToken cancellation) => ReadNow(connection => AtOneMoment(connection, read), cancellation);

    private static T AtOneMoment<T>(Database connection, Func<Database, T> read)
    {
        using var moment = Transaction.Reading(connection);
        return read(connection);
    }

    // SQLite has no asynchronous reads; a read takes microseconds to a few milliseconds.
    private Task<T> ReadNow<T>(Func<Database, T> read, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        try
        {
            using var reader = file.Reader();
            return Task.FromResult(read(reader.Connection));
        }
        catch (SqliteException e) when (IsAway(e))
        {
            throw new StoreUnavailableException($"SQLite cannot read (code {e.SqliteErrorCode}).", e);
        }
    }

    [LoggerMessage(8, LogLevel.Warning, "What is in the journal did not come into the tables at the end; the next start takes it.")]
    private static partial void LogUnsettled(ILogger logger, Exception exception);

    // Busy, locked, read-only, I/O error, full, cannot open: https://sqlite.org/rescode.html
    private static bool IsAway(SqliteException e) => e.SqliteErrorCode is 5 or 6 or 8 or 10 or 13 or 14;
}
