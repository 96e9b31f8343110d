using System.Collections.Concurrent;

namespace Chat.Hub.Storage.Sqlite;

/// <summary>A connection that is used for one reading, and rests until the next.</summary>
internal readonly struct SqliteReader(Database connection, ConcurrentBag<Database> resting) : IDisposable
{
    public Database Connection => connection;

    public void Dispose() => resting.Add(connection);
}
