using Microsoft.Data.Sqlite;

namespace Chat.Bench.Checking;

/// <summary>Gives the rooms of a SQLite file a long history, faster than anybody could write it.</summary>
internal static class StoreGrowth
{
    /// <param name="file">Of a server that is down.</param>
    /// <param name="messages">Over all rooms that somebody was heard in, the same number for each.</param>
    public static void Grow(string file, long messages)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false, DefaultTimeout = 0 }.ToString());
        connection.Open();
        Run("pragma synchronous = off; pragma cache_size = -2000000; pragma wal_autocheckpoint = 65536");
        var rooms = Rooms();
        foreach (var (i, (room, author)) in rooms.Index())
        {
            // Learned already: what the words of a search would add is not what is asked here.
            Run("""
                insert into messages (room_id, seq, id, version, kind, author_id, author_name, client_message_id, text, created_at, place)
                with recursive numbers (n) as (select 1 union all select n + 1 from numbers where n < $count)
                select $room, head + n, randomblob(16), head + n, 'text', $author, 'Person', randomblob(16), $text, 0, last + n
                from numbers, (select head from rooms where id = $room), (select coalesce(max(place), 0) last from messages);
                update rooms set head = head + $count where id = $room;
                update meta set value = (select max(place) from messages) where key = 'learned'
                """, ("$room", room), ("$author", author), ("$count", messages * (i + 1) / rooms.Count - messages * i / rooms.Count), ("$text", new string('h', 100)));
        }
        Run("pragma wal_checkpoint(truncate)");

        void Run(string sql, params (string Name, object Value)[] values)
        {
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            foreach (var (name, value) in values) command.Parameters.AddWithValue(name, value);
            command.ExecuteNonQuery();
        }

        List<(byte[] Room, byte[] Author)> Rooms()
        {
            using var command = connection.CreateCommand();
            command.CommandText = "select room_id, min(author_id) from messages where kind = 'text' group by room_id order by room_id";
            using var rows = command.ExecuteReader();
            var found = new List<(byte[], byte[])>();
            while (rows.Read()) found.Add((rows.GetFieldValue<byte[]>(0), rows.GetFieldValue<byte[]>(1)));
            return found;
        }
    }
}
