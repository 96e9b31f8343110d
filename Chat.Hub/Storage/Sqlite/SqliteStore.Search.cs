using Chat.Contracts;

namespace Chat.Hub.Storage.Sqlite;

internal sealed partial class SqliteStore
{
    public Task<IReadOnlyList<Hit>> Search(Guid userId, Search search, CancellationToken cancellation) => Read<IReadOnlyList<Hit>>(connection =>
    {
        var words = search.Beginnings.Count > 0;
        var columns = string.Join(", ", Rows.MessageColumns.Split(", ").Select(column => "t." + column));
        using var statement = new Statement(connection, $"""
            select {columns}, s.id
            from {(words ? "message_words w join searched s on s.id = w.rowid" : "mentions c join searched s on s.room_id = c.room_id and s.seq = c.seq")}
                join messages t on t.room_id = s.room_id and t.seq = s.seq
            where {(words ? "w.message_words match ?6 and w.rowid < ?4" : "c.user_id in (?1, zeroblob(16)) and s.id < ?4")}
                and (?2 is null or s.room_id = ?2) and (?3 is null or t.author_id = ?3)
                and s.room_id in (select m.room_id from members m where m.user_id = ?1 and m.state = 'active')
                {(search.MentionsMe ? "and exists (select 1 from mentions x where x.room_id = s.room_id and x.seq = s.seq and x.user_id in (?1, zeroblob(16)))" : "")}
            group by {(words ? "w.rowid" : "s.id")} order by {(words ? "w.rowid" : "s.id")} desc limit ?5
            """);
        List<object?> values = [userId, search.RoomId, search.AuthorId, search.Before ?? long.MaxValue, search.Most];
        if (words) values.Add(string.Join(" AND ", search.Beginnings.Select(word => word + "*")));
        return statement.Bind([.. values])
            .All(row => new Hit(row.GetInt64(Rows.MessageWidth), Rows.Message(row)));
    }, cancellation);

    public Task<IReadOnlyList<(Message? Before, Message? After)>> Beside(IReadOnlyList<Message> messages, CancellationToken cancellation) =>
        Read<IReadOnlyList<(Message? Before, Message? After)>>(
            connection => [.. messages.Select(message => (
                Find(connection, Older, message.RoomId, message.Seq, 1, message.ThreadSeq).FirstOrDefault(),
                Find(connection, Newer, message.RoomId, message.Seq, 1, message.ThreadSeq).FirstOrDefault()))],
            cancellation);
}
