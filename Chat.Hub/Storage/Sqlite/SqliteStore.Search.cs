using Chat.Contracts;
using Chat.Hub.Rooms;

namespace Chat.Hub.Storage.Sqlite;

internal sealed partial class SqliteStore
{
    private static readonly string HitColumns = string.Join(", ", $"{Rows.MessageColumns}, place".Split(", ").Select(column => "t." + column));

    public Task<IReadOnlyList<Hit>> Search(Guid userId, Search search, CancellationToken cancellation) => Read<IReadOnlyList<Hit>>(connection =>
    {
        var below = search.Before ?? long.MaxValue;
        if (search.Beginnings.Count is 0)
            return Hits("mentions c join messages t on t.room_id = c.room_id and t.seq = c.seq", "c.user_id in (?1, zeroblob(16)) and t.place < ?4", "t.place", below, search.Most);

        var learned = SqliteSearchIndex.LearnedOf(connection);
        var unlearned = Hits("messages t", "t.place < ?4 and t.place > ?6", "t.place", below, -1, learned).Where(hit => Says(hit.Message)).Take(search.Most).ToList();
        var left = search.Most - unlearned.Count;
        if (left is 0) return unlearned;
        var words = string.Join(" AND ", search.Beginnings.Select(word => word + "*"));
        return [.. unlearned, .. Hits("message_words w join messages t on t.place = w.rowid", "w.message_words match ?6 and w.rowid < ?4", "w.rowid", Math.Min(below, learned + 1), left, words)];

        bool Says(Message message)
        {
            var terms = SearchWords.Of(message);
            return search.Beginnings.All(beginning => terms.Any(term => term.StartsWith(beginning, StringComparison.Ordinal)));
        }

        List<Hit> Hits(string from, string where, string place, long below, int most, object? what = null)
        {
            // The plus keeps SQLite from going through all messages of one's rooms for the few that are not learned yet.
            using var statement = new Statement(connection, $"""
                select {HitColumns} from {from}
                where {where} and (?2 is null or t.room_id = ?2) and (?3 is null or t.author_id = ?3)
                    and +t.room_id in (select m.room_id from members m where m.user_id = ?1 and m.state = 'active')
                    {(search.MentionsMe ? "and exists (select 1 from mentions x where x.room_id = t.room_id and x.seq = t.seq and x.user_id in (?1, zeroblob(16)))" : "")}
                group by {place} order by {place} desc limit ?5
                """);
            object?[] values = [userId, search.RoomId, search.AuthorId, below, most];
            return statement.Bind(what is null ? values : [.. values, what]).All(row => new Hit(row.GetInt64(Rows.MessageWidth), Rows.Message(row)));
        }
    }, cancellation);

    public Task<IReadOnlyList<(Message? Before, Message? After)>> Beside(IReadOnlyList<Message> messages, CancellationToken cancellation) =>
        Read<IReadOnlyList<(Message? Before, Message? After)>>(
            connection => [.. messages.Select(message => (
                Find(connection, Older, message.RoomId, message.Seq, 1, message.ThreadSeq).FirstOrDefault(),
                Find(connection, Newer, message.RoomId, message.Seq, 1, message.ThreadSeq).FirstOrDefault()))],
            cancellation);
}
