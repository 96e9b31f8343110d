using Chat.Hub.Rooms;

namespace Chat.Hub.Storage.Sqlite;

/// <summary>Keeps what outgoing webhooks are to be told, with the changes themselves.</summary>
internal sealed class SqliteWebhooksWriter(Database connection) : IDisposable
{
    private readonly Statement add = new(connection, "insert into webhook_events (webhook_id, version, id, body) values (?1, ?2, ?3, ?4)");

    public void Save(RoomLedger room)
    {
        foreach (var tiding in room.Tidings) add.Bind(tiding.WebhookId, tiding.Version, tiding.Id, tiding.Body).Run();
    }

    public void Dispose() => add.Dispose();
}
