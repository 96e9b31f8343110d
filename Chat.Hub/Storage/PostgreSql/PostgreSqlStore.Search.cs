using Chat.Contracts;

namespace Chat.Hub.Storage.PostgreSql;

internal sealed partial class PostgreSqlStore
{
    public async Task<IReadOnlyList<Hit>> Search(Guid userId, Search search, CancellationToken cancellation)
    {
        var words = search.Beginnings.Count > 0;
        var columns = string.Join(", ", Rows.MessageColumns.Split(", ").Select(column => "t." + column));
        var sql = $"""
            select {columns}, s.id
            from searched s join messages t on t.room_id = s.room_id and t.seq = s.seq
            where s.id < $4 and ($2::uuid is null or s.room_id = $2) and ($3::uuid is null or t.author_id = $3)
                and s.room_id in (select m.room_id from members m where m.user_id = $1 and m.state = 'active')
                {(words ? "and s.words @@ $6::tsquery" : "")}
                {(search.MentionsMe ? $"and (s.room_id, s.seq) in (select x.room_id, x.seq from mentions x where x.user_id = any(array[$1, '{Guid.Empty}'::uuid]))" : "")}
            order by s.id desc limit $5
            """;
        List<object?> values = [userId, (object?)search.RoomId ?? DBNull.Value, (object?)search.AuthorId ?? DBNull.Value, search.Before ?? long.MaxValue, search.Most];
        if (words) values.Add(string.Join(" & ", search.Beginnings.Select(word => $"'{word}':*")));
        return await ReadMoment(
            connection => Ask(
                connection,
                // The index of words can be read no other way; elsewhere such plans are switched off. And what is asked for
                // differs so much that each search is planned for itself.
                batch => batch.Add("set local enable_bitmapscan = on").Add("set local plan_cache_mode = force_custom_plan").Add(sql, [.. values]),
                rows => rows.All(row => new Hit(row.GetInt64(Rows.MessageWidth), Rows.Message(row)), cancellation), cancellation),
            cancellation);
    }

    public async Task<IReadOnlyList<(Message? Before, Message? After)>> Beside(IReadOnlyList<Message> messages, CancellationToken cancellation)
    {
        if (messages.Count is 0) return [];
        return await Ask<IReadOnlyList<(Message?, Message?)>>(
            batch =>
            {
                foreach (var message in messages)
                {
                    Add(batch, Older, message.RoomId, message.Seq, 1, message.ThreadSeq);
                    Add(batch, Newer, message.RoomId, message.Seq, 1, message.ThreadSeq);
                }
            },
            async rows =>
            {
                var found = new List<(Message?, Message?)>();
                foreach (var _ in messages) found.Add((await rows.First(Rows.Message, cancellation), await rows.First(Rows.Message, cancellation)));
                return found;
            },
            cancellation);
    }
}
