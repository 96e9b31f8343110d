using System.Data.Common;

namespace Chat.Bench.Checking;

/// <summary>Reads the whole history, from either engine: tables and columns have the same names in both.</summary>
internal static class StoreReading
{
    /// <param name="connection">In a transaction that sees one moment.</param>
    public static StoredHistory Read(DbConnection connection) => new(
        All(connection, "select id, name, topic, version, head from rooms",
            row => new StoredRoom(Id(row, 0)!.Value, row.GetString(1), row.GetString(2), row.GetInt64(3), row.GetInt64(4))),
        All(connection, "select room_id, user_id, name, state, version from members",
            row => new StoredMember(Id(row, 0)!.Value, Id(row, 1)!.Value, row.GetString(2), row.GetString(3) is "active", row.GetInt64(4))),
        All(connection, "select room_id, seq, version, id, author_id, client_message_id, kind, text from messages order by room_id, seq",
            row => new StoredMessage(
                Id(row, 0)!.Value, row.GetInt64(1), row.GetInt64(2), Id(row, 3)!.Value, Id(row, 4), Id(row, 5),
                row.GetString(6) is "system", StoredMessage.Brief(row.GetString(7)))));

    public static IReadOnlyDictionary<Guid, long> Heads(DbConnection connection) =>
        All(connection, "select id, head from rooms", row => KeyValuePair.Create(Id(row, 0)!.Value, row.GetInt64(1))).ToDictionary();

    public static List<T> All<T>(DbConnection connection, string sql, Func<DbDataReader, T> read)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read()) rows.Add(read(reader));
        return rows;
    }

    private static Guid? Id(DbDataReader row, int column) => row.GetValue(column) switch
    {
        Guid id => id,
        byte[] bytes => new Guid(bytes, bigEndian: true),
        _ => null,
    };
}
