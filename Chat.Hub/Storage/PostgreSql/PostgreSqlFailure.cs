using Npgsql;

namespace Chat.Hub.Storage.PostgreSql;

/// <summary>What an error of PostgreSQL means: https://www.postgresql.org/docs/current/errcodes-appendix.html</summary>
internal static class PostgreSqlFailure
{
    private const string IdleInTransaction = "25P03";

    /// <summary>Two writers came into each other's way: another try is a new look.</summary>
    public static bool IsRace(Exception e) =>
        e is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure };

    /// <summary>Somebody held a lock for too long.</summary>
    public static bool IsLocked(Exception e) => e is PostgresException { SqlState: PostgresErrorCodes.LockNotAvailable };

    /// <summary>The connection ended, and another one may do. Not a time-out: another try would double the wait.</summary>
    public static bool IsBroken(Exception e) => e switch
    {
        // A statement that was to be prepared in a batch that failed before it: that connection believes it has been.
        PostgresException { SqlState: IdleInTransaction or PostgresErrorCodes.InvalidSqlStatementName } => true,
        PostgresException postgres => postgres.InvariantSeverity is "FATAL" or "PANIC" && postgres.SqlState[..2] is "57" or "08",
        NpgsqlException npgsql => npgsql.InnerException is not (TimeoutException or OperationCanceledException),
        _ => false,
    };

    /// <summary>
    /// Of an error after COMMIT was sent: whether it surely did not happen. An ERROR ends the transaction; so does the
    /// end of a session that was idle in it. Any other end may have come after the commit.
    /// </summary>
    public static bool IsSurelyUndone(Exception e) =>
        e is PostgresException { InvariantSeverity: "ERROR" } or PostgresException { SqlState: IdleInTransaction };

    /// <summary>Nothing is wrong with the request: PostgreSQL cannot serve it now.</summary>
    public static bool IsAway(Exception e) => e switch
    {
        // No space, no connections, no memory; connections; shut down or cancelled; disk errors; signing in.
        PostgresException postgres => postgres.SqlState[..2] is "53" or "08" or "57" or "58" or "28"
            || postgres.SqlState is PostgresErrorCodes.ReadOnlySqlTransaction or PostgresErrorCodes.LockNotAvailable
                or IdleInTransaction or PostgresErrorCodes.InvalidCatalogName
                or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure,
        NpgsqlException => true,
        _ => false,
    };

    /// <summary>What is wrong, for people; without anything that was stored.</summary>
    public static string Describe(Exception e) => e switch
    {
        PostgresException postgres => $"{postgres.MessageText} (code {postgres.SqlState})",
        { InnerException: { } inner } => $"{e.Message} {inner.Message}",
        _ => e.Message,
    };
}
