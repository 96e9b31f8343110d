using Chat.Contracts;
using Chat.Contracts.Wire;
using Npgsql;

namespace Chat.Hub.Storage.PostgreSql;

internal sealed partial class PostgreSqlStore : IWebhookStore
{
    private const string IncomingColumns = "id, room_id, name, created_by, created_at";

    private const string OutgoingColumns =
        "w.id, w.room_id, w.url, w.events, w.secret, w.state, w.failing_since, w.last_error, w.created_by, w.created_at, (select count(*) from webhook_events e where e.webhook_id = w.id)";

    public Action<IReadOnlyCollection<Guid>> EventsWritten { get; set; } = _ => { };

    public async Task<bool> AddIncoming(IncomingWebhook webhook, byte[] secretHash, CancellationToken cancellation) => await Run(
        """
        insert into incoming_webhooks as w (id, room_id, name, secret_hash, created_by, created_at) values ($1, $2, $3, $4, $5, $6)
        on conflict (id) do update set secret_hash = excluded.secret_hash
            where w.room_id = excluded.room_id and w.name = excluded.name and w.created_by = excluded.created_by
        """,
        cancellation, webhook.Id, webhook.RoomId, webhook.Name, secretHash, webhook.CreatedBy, webhook.CreatedAt) is 1;

    public Task<(IncomingWebhook Webhook, byte[] SecretHash)?> FindIncoming(Guid id, CancellationToken cancellation) => One<(IncomingWebhook, byte[])?>(
        $"select {IncomingColumns}, secret_hash from incoming_webhooks where id = $1",
        row => (Incoming(row), row.GetFieldValue<byte[]>(5)), cancellation, id);

    public Task<OutgoingWebhook> AddOutgoing(OutgoingWebhook webhook, CancellationToken cancellation) => sessions.Write(async transaction =>
    {
        // Under the room's lock: a change is written either before it, or for it too.
        await using (var look = transaction.Begin().Add("select 1 from rooms where id = $1 for update", webhook.RoomId))
            await look.ExecuteNonQueryAsync(cancellation);
        await using var write = transaction.Writing()
            .Add(
                """
                insert into outgoing_webhooks (id, room_id, url, events, secret, state, created_by, created_at) values ($1, $2, $3, $4, $5, $6, $7, $8)
                on conflict (id) do nothing
                """,
                webhook.Id, webhook.RoomId, webhook.Url, WebhookEvents.Write(webhook.Events), webhook.Secret,
                WireEnum<WebhookState>.ToWire(webhook.State), webhook.CreatedBy, webhook.CreatedAt)
            .Add($"select {OutgoingColumns} from outgoing_webhooks w where w.id = $1", webhook.Id);
        // The insert answers no rows, and the reader begins at the first statement that does.
        await using var rows = await transaction.Commit(write);
        return (await rows.First(Outgoing, CancellationToken.None))!;
    }, cancellation);

    public Task<WebhookList> ListWebhooks(Guid roomId, CancellationToken cancellation) => Ask(
        batch => batch
            .Add($"select {IncomingColumns} from incoming_webhooks where room_id = $1 order by created_at, id", roomId)
            .Add($"select {OutgoingColumns} from outgoing_webhooks w where w.room_id = $1 order by w.created_at, w.id", roomId),
        async rows => new WebhookList { Incoming = await rows.All(Incoming, cancellation), Outgoing = await rows.All(Outgoing, cancellation) },
        cancellation);

    public async Task<bool> DeleteWebhook(Guid roomId, Guid id, CancellationToken cancellation) => (await RunAll(
        """
        with outgoing as (delete from outgoing_webhooks where id = $1 and room_id = $2 returning id),
            incoming as (delete from incoming_webhooks where id = $1 and room_id = $2 returning id),
            events as (delete from webhook_events where webhook_id in (select id from outgoing))
        select id from outgoing union all select id from incoming
        """,
        row => row.GetGuid(0), cancellation, id, roomId)).Count > 0;

    public async Task<bool> ResumeWebhook(Guid roomId, Guid id, CancellationToken cancellation) => await Run(
        "update outgoing_webhooks set state = 'active', failing_since = null, last_error = '' where id = $1 and room_id = $2", cancellation, id, roomId) is 1;

    private static IncomingWebhook Incoming(NpgsqlDataReader row) => new()
    {
        Id = row.GetGuid(0),
        RoomId = row.GetGuid(1),
        Name = row.GetString(2),
        Path = "",
        CreatedBy = row.GetGuid(3),
        CreatedAt = row.GetFieldValue<DateTimeOffset>(4),
    };

    private static OutgoingWebhook Outgoing(NpgsqlDataReader row) => new()
    {
        Id = row.GetGuid(0),
        RoomId = row.GetGuid(1),
        Url = row.GetString(2),
        Events = WebhookEvents.Read(row.GetString(3)),
        Secret = row.GetString(4),
        State = WireEnum<WebhookState>.FromWire(row.GetString(5)),
        FailingSince = row.IsDBNull(6) ? null : row.GetFieldValue<DateTimeOffset>(6),
        LastError = row.GetString(7),
        CreatedBy = row.GetGuid(8),
        CreatedAt = row.GetFieldValue<DateTimeOffset>(9),
        Waiting = (int)row.GetInt64(10),
    };
}
