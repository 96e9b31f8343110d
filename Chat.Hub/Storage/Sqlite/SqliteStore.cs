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
    private readonly SqliteRoomWriter rooms;
    private readonly SqliteSearchIndex search;

    /// <summary>Opens the file, brings it to this version's schema and finds its epoch.</summary>
    /// <param name="path">Absolute path of the file.</param>
    /// <param name="options">Durability and restored backup.</param>
    public SqliteStore(string path, StoreOptions options)
    {
        file = new SqliteFile(path, options.Durability);
        SchemaScripts.Run(DeployChanges.To.SqliteDatabase(file.ConnectionString), "Sqlite");
        writer = file.OpenForWriting();
        roomsRead = new SqliteRoomReader(writer);
        search = new SqliteSearchIndex(writer);
        rooms = new SqliteRoomWriter(writer, search);
        Epoch = EpochOf(options.RestoredFrom ?? "");
    }

    public string Epoch { get; }

    public Task Probe(CancellationToken cancellation) => Write(connection =>
    {
        using var touch = new Statement(connection, "insert into meta (key, value) values ('probe', '') on conflict (key) do update set value = ''");
        return touch.Run();
    }, cancellation);

    public void Dispose()
    {
        roomsRead.Dispose();
        rooms.Dispose();
        search.Dispose();
        writer.Dispose();
        writing.Dispose();
        file.Dispose();
    }

    private string EpochOf(string restoredFrom)
    {
        using var read = new Statement(writer, "select value from meta where key = ?1");
        var epoch = read.Bind("epoch").First(row => row.GetString(0));
        if (epoch is not null && (restoredFrom.Length is 0 || read.Bind("restored_from").First(row => row.GetString(0)) == restoredFrom))
            return epoch;

        epoch = Guid.CreateVersion7().ToString("N");
        using var write = new Statement(writer, "insert into meta (key, value) values (?1, ?2) on conflict (key) do update set value = excluded.value");
        write.Bind("epoch", epoch).Run();
        write.Bind("restored_from", restoredFrom).Run();
        return epoch;
    }

    private async Task<T> Write<T>(Func<Database, T> write, CancellationToken cancellation = default)
    {
        await writing.WaitAsync(cancellation);
        try
        {
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

    /// <summary>Reads by several statements, from one moment.</summary>
    private Task<T> Read<T>(Func<Database, T> read, CancellationToken cancellation) => ReadOne(
        connection =>
        {
            using var moment = Transaction.Reading(connection);
            return read(connection);
        },
        cancellation);

    /// <summary>Reads by one statement, which is a moment by itself.</summary>
    // SQLite has no asynchronous reads; a read takes microseconds to a few milliseconds.
    private Task<T> ReadOne<T>(Func<Database, T> read, CancellationToken cancellation)
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

    // Busy, locked, read-only, I/O error, full, cannot open: https://sqlite.org/rescode.html
    private static bool IsAway(SqliteException e) => e.SqliteErrorCode is 5 or 6 or 8 or 10 or 13 or 14;
}
