using Chat.Contracts;

namespace Chat.Hub.Storage.PostgreSql;

internal sealed partial class PostgreSqlStore
{
    // Whoever another node is taking right now is passed over, not waited for.
    private const string Lease = $"""
        update outgoing_webhooks w set lease_owner = $1, lease_until = $3
        from (
            select id from outgoing_webhooks l
            where l.state <> 'parked' and (l.lease_owner = $1 or l.lease_owner is null or l.lease_until < $2)
                and exists (select 1 from webhook_events e where e.webhook_id = l.id)
                {Among}
            for update skip locked) as free
        where w.id = free.id
        returning {OutgoingColumns}
        """;

    private const string Among = "/* among */";

    private static readonly string LeaseAmong = Lease.Replace(Among, "and l.id = any($4)", StringComparison.Ordinal);

    public async Task<IReadOnlyList<OutgoingWebhook>> LeaseWebhooks(
        Guid owner, IReadOnlyCollection<Guid>? only, DateTimeOffset now, DateTimeOffset until, CancellationToken cancellation) =>
        only is null
            ? await RunAll(Lease, Outgoing, cancellation, owner, now, until)
            : await RunAll(LeaseAmong, Outgoing, cancellation, owner, now, until, only.ToArray());

    public async Task<IReadOnlyList<Guid>> RenewLeases(Guid owner, IReadOnlyCollection<Guid> webhooks, DateTimeOffset until, CancellationToken cancellation) =>
        await RunAll(
            "update outgoing_webhooks set lease_until = $3 where lease_owner = $1 and id = any($2) returning id",
            row => row.GetGuid(0), cancellation, owner, webhooks.ToArray(), until);

    public Task EndLease(Guid owner, Guid webhookId, CancellationToken cancellation) =>
        Run("update outgoing_webhooks set lease_owner = null where id = $2 and lease_owner = $1", cancellation, owner, webhookId);

    public async Task<IReadOnlyList<WebhookLetter>> NextEvents(Guid webhookId, int most, CancellationToken cancellation) => await All(
        "select version, id, body from webhook_events where webhook_id = $1 order by version limit $2",
        row => new WebhookLetter(row.GetInt64(0), row.GetGuid(1), row.GetString(2)), cancellation, webhookId, most);

    public async Task<bool> Delivered(Guid owner, Guid webhookId, long version, CancellationToken cancellation) => (await RunAll(
        """
        with well as (
            update outgoing_webhooks set state = 'active', failing_since = null, last_error = ''
            where id = $2 and lease_owner = $1 and failing_since is not null)
        delete from webhook_events where webhook_id = $2 and version = $3
            and exists (select 1 from outgoing_webhooks where id = $2 and lease_owner = $1)
        returning version
        """,
        row => row.GetInt64(0), cancellation, owner, webhookId, version)).Count is 1;

    public async Task<DateTimeOffset?> Failed(Guid owner, Guid webhookId, string error, DateTimeOffset now, CancellationToken cancellation)
    {
        var since = await RunAll(
            """
            update outgoing_webhooks set state = 'retrying', failing_since = coalesce(failing_since, $4), last_error = $3
            where id = $2 and lease_owner = $1 returning failing_since
            """,
            row => row.GetFieldValue<DateTimeOffset>(0), cancellation, owner, webhookId, error, now);
        return since.Count is 0 ? null : since[0];
    }

    public Task Park(Guid owner, Guid webhookId, CancellationToken cancellation) =>
        Run("update outgoing_webhooks set state = 'parked', lease_owner = null where id = $2 and lease_owner = $1", cancellation, owner, webhookId);
}
