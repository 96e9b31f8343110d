using Chat.Contracts;

namespace Chat.Hub.Storage.Sqlite;

internal sealed partial class SqliteStore : IStreamStore
{
    public Task<Message?> FindStream(Guid roomId, long seq, CancellationToken cancellation) => ReadAside(connection =>
    {
        using var statement = new Statement(connection, $"select {Rows.MessageColumns} from messages where room_id = ?1 and seq = ?2");
        return statement.Bind(roomId, seq).First(Rows.Message);
    }, cancellation);

    public Task TouchStreams(IReadOnlyList<MessagePlace> streams, DateTimeOffset now, CancellationToken cancellation) => WriteAside(connection =>
    {
        using var statement = new Statement(connection, "update open_streams set touched_at = ?3 where room_id = ?1 and seq = ?2");
        foreach (var stream in streams) statement.Bind(stream.RoomId, stream.Seq, now).Run();
        return true;
    }, cancellation);

    public Task<IReadOnlyList<MessagePlace>> FindSilentStreams(DateTimeOffset since, int most, CancellationToken cancellation) =>
        ReadAside<IReadOnlyList<MessagePlace>>(connection =>
        {
            using var statement = new Statement(connection, "select room_id, seq from open_streams where touched_at < ?1 order by touched_at limit ?2");
            return statement.Bind(since, most).All(row => new MessagePlace { RoomId = row.Id(0), Seq = row.GetInt64(1) });
        }, cancellation);

    public Task ForgetStream(MessagePlace stream, CancellationToken cancellation) => Write(connection =>
    {
        using var statement = new Statement(connection, "delete from open_streams where room_id = ?1 and seq = ?2");
        return statement.Bind(stream.RoomId, stream.Seq).Run();
    }, cancellation);
}
