using System.Diagnostics;
using System.Globalization;
using Chat.Hub.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace Chat.Bench.Checking;

/// <summary>Ways to spoil a store, each of which the check must find.</summary>
internal enum Sabotage
{
    None,

    /// <summary>One message is gone.</summary>
    Drop,

    /// <summary>One message is there twice.</summary>
    Double,

    /// <summary>Two messages have changed places.</summary>
    Swap,
}

/// <summary>A store in a SQLite file.</summary>
internal static class StoreFile
{
    private static readonly TimeSpan SettledWithin = TimeSpan.FromSeconds(10);

    public static StoredHistory Read(string file)
    {
        using var connection = Settled(file);
        using var moment = connection.BeginTransaction(deferred: true);
        return StoreReading.Read(connection);
    }

    public static IReadOnlyDictionary<Guid, long> Heads(string file)
    {
        using var connection = Settled(file);
        return StoreReading.Heads(connection);
    }

    /// <summary>Spoils one message of the middle of the largest room; says what it did.</summary>
    public static string Spoil(string file, Sabotage sabotage)
    {
        using var connection = Open(file, SqliteOpenMode.ReadWrite);
        var victims = StoreReading.All(connection, """
            select room_id, seq, text from messages
            where room_id = (select room_id from messages group by room_id order by count(*) desc limit 1) and kind = 'text' order by seq
            """, row => (Room: row.GetFieldValue<byte[]>(0), Seq: row.GetInt64(1), Text: row.GetString(2)));
        if (victims.Count < 2) throw new InvalidOperationException("There are too few messages to spoil one of them: run for longer.");
        var (room, seq, text) = victims[(victims.Count - 1) / 2];
        var other = victims[(victims.Count - 1) / 2 + 1].Seq;
        using var command = connection.CreateCommand();
        command.CommandText = sabotage switch
        {
            Sabotage.Drop => "delete from messages where room_id = $room and seq = $seq",
            Sabotage.Double => """
                drop index messages_once;
                insert into messages (room_id, seq, version, id, kind, author_id, author_name, client_message_id, fingerprint, text, created_at)
                select room_id, (select head + 1 from rooms where id = $room), (select head + 1 from rooms where id = $room), randomblob(16),
                    kind, author_id, author_name, client_message_id, fingerprint, text, created_at
                from messages where room_id = $room and seq = $seq;
                update rooms set head = head + 1 where id = $room
                """,
            _ => """
                update messages set seq = -1, version = -1 where room_id = $room and seq = $seq;
                update messages set seq = $seq, version = $seq where room_id = $room and seq = $other;
                update messages set seq = $other, version = $other where room_id = $room and seq = -1
                """,
        };
        command.Parameters.AddWithValue("$room", room);
        command.Parameters.AddWithValue("$seq", seq);
        command.Parameters.AddWithValue("$other", other);
        command.ExecuteNonQuery();
        return $"{sabotage} of \"{text}\", seq {seq}";
    }

    /// <summary>The tables, as soon as they have all that the journal beside them has: what is acknowledged comes into them a moment later.</summary>
    private static SqliteConnection Settled(string file)
    {
        var connection = Open(file, SqliteOpenMode.ReadOnly);
        for (var watch = Stopwatch.StartNew(); Unsettled(connection, file) && watch.Elapsed < SettledWithin;) Thread.Sleep(5);
        return connection;
    }

    private static bool Unsettled(SqliteConnection connection, string file)
    {
        var meta = StoreReading.All(connection, "select key, value from meta where key in ('epoch', 'posts')", row => (Key: row.GetString(0), Value: row.GetString(1)))
            .ToDictionary(one => one.Key, one => one.Value);
        return PostJournal.Read(file + ".posts", meta["epoch"], long.Parse(meta["posts"], CultureInfo.InvariantCulture)).Count > 0;
    }

    private static SqliteConnection Open(string file, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Mode = mode, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }
}
