using Microsoft.Data.Sqlite;

namespace Chat.Hub.Storage.Sqlite;

/// <summary>The SQLite file: opens connections that are set up as the durability asks, and lets one process in.</summary>
internal sealed class SqliteFile : IDisposable
{
    private readonly string synchronous;
    private readonly FileStream onlyOne;
    private readonly string connectionString;

    /// <exception cref="InvalidOperationException">Another process has the file.</exception>
    public SqliteFile(string path, Durability durability)
    {
        synchronous = durability is Durability.PowerLoss ? "full" : "normal";
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        onlyOne = LockOut(path);
        connectionString = new SqliteConnectionStringBuilder { DataSource = path, DefaultTimeout = 5 }.ToString();
    }

    public string ConnectionString => connectionString;

    /// <summary>A connection of the pool for reading, to be disposed after use.</summary>
    public SqliteConnection Open()
    {
        var connection = new SqliteConnection(connectionString);
        connection.Open();
        return connection;
    }

    /// <summary>The connection that writes, set up for what an acknowledgement must survive.</summary>
    public SqliteConnection OpenForWriting()
    {
        var connection = Open();
        using var setup = connection.CreateCommand();
        setup.CommandText = $"pragma journal_mode = wal; pragma synchronous = {synchronous};";
        setup.ExecuteNonQuery();
        return connection;
    }

    public void Dispose()
    {
        using (var connection = new SqliteConnection(connectionString)) SqliteConnection.ClearPool(connection);
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
