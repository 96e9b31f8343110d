using System.Text.Json;

namespace Chat.Hub.Storage.Sqlite;

internal sealed partial class SqliteStore
{
    public Task<IReadOnlyList<Contracts.OutgoingWebhook>> LeaseWebhooks(
        Guid owner, IReadOnlyCollection<Guid>? only, DateTimeOffset now, DateTimeOffset until, CancellationToken cancellation) =>
        Write<IReadOnlyList<Contracts.OutgoingWebhook>>(connection =>
        {
            using var statement = new Statement(connection, $"""
                update outgoing_webhooks set lease_owner = ?1, lease_until = ?4
                where state <> 'parked' and (lease_owner = ?1 or lease_owner is null or lease_until < ?3)
                    and (?2 is null or hex(id) in (select value from json_each(?2)))
                    and exists (select 1 from webhook_events e where e.webhook_id = outgoing_webhooks.id)
                returning {OutgoingColumns}
                """);
            return statement.Bind(owner, only is null ? null : Json(only), now, until).All(Outgoing);
        }, cancellation);

    public Task<IReadOnlyList<Guid>> RenewLeases(Guid owner, IReadOnlyCollection<Guid> webhooks, DateTimeOffset until, CancellationToken cancellation) =>
        Write<IReadOnlyList<Guid>>(connection =>
        {
            using var statement = new Statement(connection, "update outgoing_webhooks set lease_until = ?3 where lease_owner = ?1 and hex(id) in (select value from json_each(?2)) returning id");
            return statement.Bind(owner, Json(webhooks), until).All(row => row.Id(0));
        }, cancellation);

    public Task EndLease(Guid owner, Guid webhookId, CancellationToken cancellation) => Write(connection =>
    {
        using var statement = new Statement(connection, "update outgoing_webhooks set lease_owner = null where id = ?2 and lease_owner = ?1");
        return statement.Bind(owner, webhookId).Run();
    }, cancellation);

    public Task<IReadOnlyList<WebhookLetter>> NextEvents(Guid webhookId, int most, CancellationToken cancellation) =>
        ReadAside<IReadOnlyList<WebhookLetter>>(connection =>
        {
            using var statement = new Statement(connection, "select version, id, body from webhook_events where webhook_id = ?1 order by version limit ?2");
            return statement.Bind(webhookId, most).All(row => new WebhookLetter(row.GetInt64(0), row.Id(1), row.GetString(2)));
        }, cancellation);

    public Task<bool> Delivered(Guid owner, Guid webhookId, long version, CancellationToken cancellation) => Write(connection =>
    {
        using var transaction = Transaction.Writing(connection);
        using var well = new Statement(connection, "update outgoing_webhooks set state = 'active', failing_since = null, last_error = '' where id = ?2 and lease_owner = ?1 and failing_since is not null");
        using var done = new Statement(connection, "delete from webhook_events where webhook_id = ?2 and version = ?3 and exists (select 1 from outgoing_webhooks where id = ?2 and lease_owner = ?1)");
        well.Bind(owner, webhookId).Run();
        var deleted = done.Bind(owner, webhookId, version).Run();
        transaction.Commit();
        return deleted is 1;
    }, cancellation);

    public Task<DateTimeOffset?> Failed(Guid owner, Guid webhookId, string error, DateTimeOffset now, CancellationToken cancellation) => Write(connection =>
    {
        using var statement = new Statement(connection, """
            update outgoing_webhooks set state = 'retrying', failing_since = coalesce(failing_since, ?4), last_error = ?3
            where id = ?2 and lease_owner = ?1 returning failing_since
            """);
        return statement.Bind(owner, webhookId, error, now).First<DateTimeOffset?>(row => row.Time(0));
    }, cancellation);

    public Task Park(Guid owner, Guid webhookId, CancellationToken cancellation) => Write(connection =>
    {
        using var statement = new Statement(connection, "update outgoing_webhooks set state = 'parked', lease_owner = null where id = ?2 and lease_owner = ?1");
        return statement.Bind(owner, webhookId).Run();
    }, cancellation);

    // As hex() writes an id.
    private static string Json(IEnumerable<Guid> ids) => JsonSerializer.Serialize(ids.Select(id => id.ToString("N").ToUpperInvariant()));
}
