namespace Chat.Hub.Storage.Sqlite;

internal sealed partial class SqliteStore : IRoomUpkeep
{
    // What goes with a message, and then the message itself.
    private static readonly string[] Clearing =
    [
        "delete from message_words where rowid in (select t.place from messages t join clearing c on c.room_id = t.room_id and c.seq = t.seq)",
        "delete from mentions where (room_id, seq) in (select room_id, seq from clearing)",
        "delete from message_edits where (room_id, seq) in (select room_id, seq from clearing)",
        "delete from messages where (room_id, seq) in (select room_id, seq from clearing)",
    ];

    public Task<IReadOnlyList<Guid>> EmptyRooms(DateTimeOffset since, CancellationToken cancellation) => ReadAside<IReadOnlyList<Guid>>(connection =>
    {
        using var statement = new Statement(
            connection, "select id from rooms where is_temporary = 1 and empty_since is not null and deleted_at is null and empty_since <= ?1 order by empty_since limit 100");
        return statement.Bind(since).All(row => row.Id(0));
    }, cancellation);

    public Task<bool> ClearSome(int messages, DateTimeOffset now, CancellationToken cancellation) => Write(connection =>
    {
        using var next = new Statement(connection, "select id from rooms where deleted_at is not null and cleared_at is null limit 1");
        if (next.First<Guid?>(row => row.Id(0)) is not { } roomId) return false;

        using var transaction = Transaction.Writing(connection);
        Run("create temp table if not exists clearing (room_id blob, seq integer)");
        Run("delete from clearing");
        Run("insert into clearing select room_id, seq from messages where room_id = ?1 order by seq limit ?2", roomId, messages);
        foreach (var sql in Clearing) Run(sql);
        using var left = new Statement(connection, "select 1 from messages where room_id = ?1 limit 1");
        if (!left.Bind(roomId).Any())
        {
            Run("delete from invite_links where room_id = ?1", roomId);
            Run("delete from webhook_events where webhook_id in (select id from outgoing_webhooks where room_id = ?1)", roomId);
            Run("delete from outgoing_webhooks where room_id = ?1", roomId);
            Run("delete from incoming_webhooks where room_id = ?1", roomId);
            Run("delete from open_streams where room_id = ?1", roomId);
            using var free = new Statement(connection, "delete from attachments where room_id = ?1 returning blob");
            Loosen(connection, free.Bind(roomId).All(row => row.GetString(0)), now);
            Run("update rooms set cleared_at = ?2 where id = ?1", roomId, now);
        }
        transaction.Commit();
        return true;

        void Run(string sql, params ReadOnlySpan<object?> values)
        {
            using var statement = new Statement(connection, sql);
            statement.Bind(values).Run();
        }
    }, cancellation);
}
