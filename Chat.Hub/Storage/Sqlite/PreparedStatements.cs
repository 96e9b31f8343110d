using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Chat.Hub.Storage.Sqlite;

/// <summary>The statements of one connection that nobody uses now: preparing one costs more than running most of them.</summary>
internal sealed class PreparedStatements(SqliteConnection connection) : IDisposable
{
    private static readonly ConditionalWeakTable<SqliteConnection, PreparedStatements> OfConnections = [];

    private readonly Dictionary<string, sqlite3_stmt> resting = new(StringComparer.Ordinal);

    public static PreparedStatements Of(SqliteConnection connection) => OfConnections.GetValue(connection, static connection => new(connection));

    /// <exception cref="SqliteException">It is no statement, or the file cannot be read.</exception>
    /// <exception cref="ArgumentException">It is more than one statement.</exception>
    public sqlite3_stmt Take(string sql)
    {
        if (resting.Remove(sql, out var known)) return known;
        SqliteException.ThrowExceptionForRC(raw.sqlite3_prepare_v2(connection.Handle, sql, out var statement, out var rest), connection.Handle);
        if (!string.IsNullOrWhiteSpace(rest)) throw new ArgumentException($"One statement at a time, and not: {rest}", nameof(sql));
        return statement;
    }

    public void Rest(string sql, sqlite3_stmt statement)
    {
        _ = raw.sqlite3_clear_bindings(statement);
        if (!resting.TryAdd(sql, statement)) statement.Dispose();
    }

    public void Dispose()
    {
        foreach (var statement in resting.Values) statement.Dispose();
        resting.Clear();
    }
}
