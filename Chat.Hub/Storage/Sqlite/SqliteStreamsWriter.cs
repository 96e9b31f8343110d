using Chat.Contracts;
using Chat.Hub.Rooms;

namespace Chat.Hub.Storage.Sqlite;

/// <summary>Notes which messages are open, with the messages themselves.</summary>
internal sealed class SqliteStreamsWriter(Database connection) : IDisposable
{
    private readonly Statement begin = new(connection, "insert into open_streams (room_id, seq, touched_at) values (?1, ?2, ?3) on conflict do nothing");
    private readonly Statement end = new(connection, "delete from open_streams where room_id = ?1 and seq = ?2");

    public void Save(RoomLedger room)
    {
        foreach (var message in room.Written.OfType<Message>().Where(message => message.Stream is not null))
        {
            if (message is not { Stream: StreamState.Open, DeletedAt: null }) end.Bind(message.RoomId, message.Seq).Run();
            else if (message.Version == message.Seq) begin.Bind(message.RoomId, message.Seq, message.CreatedAt).Run();
        }
    }

    public void Dispose()
    {
        begin.Dispose();
        end.Dispose();
    }
}
