using Chat.Contracts;
using Chat.Contracts.Wire;

namespace Chat.Hub.Storage.Sqlite;

internal sealed partial class SqliteStore : IWebhookStore
{
    private const string IncomingColumns = "id, room_id, name, created_by, created_at";

    private const string OutgoingColumns =
        "id, room_id, url, events, secret, state, failing_since, last_error, created_by, created_at, (select count(*) from webhook_events e where e.webhook_id = outgoing_webhooks.id)";

    public Action<IReadOnlyCollection<Guid>> EventsWritten { get; set; } = _ => { };

    public Task<bool> AddIncoming(IncomingWebhook webhook, byte[] secretHash, CancellationToken cancellation) => Write(connection =>
    {
        using var statement = new Statement(connection, """
            insert into incoming_webhooks (id, room_id, name, secret_hash, created_by, created_at) values (?1, ?2, ?3, ?4, ?5, ?6)
            on conflict (id) do update set secret_hash = excluded.secret_hash
                where room_id = excluded.room_id and name = excluded.name and created_by = excluded.created_by
            """);
        return statement.Bind(webhook.Id, webhook.RoomId, webhook.Name, secretHash, webhook.CreatedBy, webhook.CreatedAt).Run() is 1;
    }, cancellation);

    public Task<(IncomingWebhook Webhook, byte[] SecretHash)?> FindIncoming(Guid id, CancellationToken cancellation) => ReadAside(connection =>
    {
        using var statement = new Statement(connection, $"select {IncomingColumns}, secret_hash from incoming_webhooks where id = ?1");
        return statement.Bind(id).First<(IncomingWebhook, byte[])?>(row => (Incoming(row), row.Bytes(5)));
    }, cancellation);

    public Task<OutgoingWebhook> AddOutgoing(OutgoingWebhook webhook, CancellationToken cancellation) => Write(connection =>
    {
        using var add = new Statement(connection, """
            insert into outgoing_webhooks (id, room_id, url, events, secret, state, created_by, created_at) values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
            on conflict (id) do nothing
            """);
        using var find = new Statement(connection, $"select {OutgoingColumns} from outgoing_webhooks where id = ?1");
        add.Bind(
            webhook.Id, webhook.RoomId, webhook.Url, WebhookEvents.Write(webhook.Events), webhook.Secret,
            WireEnum<WebhookState>.ToWire(webhook.State), webhook.CreatedBy, webhook.CreatedAt).Run();
        return find.Bind(webhook.Id).First(Outgoing)!;
    }, cancellation);

    public Task<WebhookList> ListWebhooks(Guid roomId, CancellationToken cancellation) => ReadAside(connection =>
    {
        using var incoming = new Statement(connection, $"select {IncomingColumns} from incoming_webhooks where room_id = ?1 order by created_at, id");
        using var outgoing = new Statement(connection, $"select {OutgoingColumns} from outgoing_webhooks where room_id = ?1 order by created_at, id");
        return new WebhookList { Incoming = incoming.Bind(roomId).All(Incoming), Outgoing = outgoing.Bind(roomId).All(Outgoing) };
    }, cancellation);

    public Task<bool> DeleteWebhook(Guid roomId, Guid id, CancellationToken cancellation) => Write(connection =>
    {
        using var transaction = Transaction.Writing(connection);
        using var events = new Statement(connection, "delete from webhook_events where webhook_id in (select id from outgoing_webhooks where id = ?1 and room_id = ?2)");
        using var outgoing = new Statement(connection, "delete from outgoing_webhooks where id = ?1 and room_id = ?2");
        using var incoming = new Statement(connection, "delete from incoming_webhooks where id = ?1 and room_id = ?2");
        events.Bind(id, roomId).Run();
        var deleted = outgoing.Bind(id, roomId).Run() + incoming.Bind(id, roomId).Run();
        transaction.Commit();
        return deleted > 0;
    }, cancellation);

    public Task<bool> ResumeWebhook(Guid roomId, Guid id, CancellationToken cancellation) => Write(connection =>
    {
        using var statement = new Statement(connection, "update outgoing_webhooks set state = 'active', failing_since = null, last_error = '' where id = ?1 and room_id = ?2");
        return statement.Bind(id, roomId).Run() is 1;
    }, cancellation);

    private static IncomingWebhook Incoming(Row row) => new()
    {
        Id = row.Id(0),
        RoomId = row.Id(1),
        Name = row.GetString(2),
        Path = "",
        CreatedBy = row.Id(3),
        CreatedAt = row.Time(4),
    };

    private static OutgoingWebhook Outgoing(Row row) => new()
    {
        Id = row.Id(0),
        RoomId = row.Id(1),
        Url = row.GetString(2),
        Events = WebhookEvents.Read(row.GetString(3)),
        Secret = row.GetString(4),
        State = WireEnum<WebhookState>.FromWire(row.GetString(5)),
        FailingSince = row.TimeOrNull(6),
        LastError = row.GetString(7),
        CreatedBy = row.Id(8),
        CreatedAt = row.Time(9),
        Waiting = row.GetInt32(10),
    };
}
