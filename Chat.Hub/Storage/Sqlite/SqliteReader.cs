using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace Chat.Hub.Storage.Sqlite;

/// <summary>A connection that is used for one reading, and rests until the next.</summary>
internal readonly struct SqliteReader(SqliteConnection connection, ConcurrentBag<SqliteConnection> resting) : IDisposable
{
    public SqliteConnection Connection => connection;

    public void Dispose() => resting.Add(connection);
}
