namespace Chat.Hub.Storage.Sqlite;

/// <summary>A transaction by plain SQL: prepared statements need not be told of it, as they would of a SqliteTransaction.</summary>
internal sealed class Transaction : IDisposable
{
    private readonly Database connection;
    private bool ended;

    private Transaction(Database connection, string begin)
    {
        this.connection = connection;
        Run(begin);
    }

    /// <summary>Reads from one moment, beside a writer.</summary>
    public static Transaction Reading(Database connection) => new(connection, "begin");

    /// <summary>Locks the file before anything is read, so that what was read still holds at the write.</summary>
    public static Transaction Writing(Database connection) => new(connection, "begin immediate");

    public void Commit()
    {
        Run("commit");
        ended = true;
    }

    public void Dispose()
    {
        // A failed commit may have rolled back already (disk full): then there is nothing to undo.
        if (!ended && SQLitePCL.raw.sqlite3_get_autocommit(connection.Handle) is 0) Run("rollback");
    }

    private void Run(string sql)
    {
        using var statement = new Statement(connection, sql);
        statement.Run();
    }
}
