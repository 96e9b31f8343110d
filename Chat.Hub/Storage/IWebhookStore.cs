using Chat.Contracts;

namespace Chat.Hub.Storage;

/// <summary>
/// Webhooks, and what the outgoing ones are to be told. The room writers keep an event for each in the transaction of the
/// change; whoever has the lease of a webhook delivers its events by version.
/// </summary>
internal interface IWebhookStore
{
    /// <summary>Takes the webhooks that a commit of this node had something for. Must not wait.</summary>
    Action<IReadOnlyCollection<Guid>> EventsWritten { get; set; }

    /// <summary>Adds a webhook, or gives it another secret where it is there already. False when its id is another's.</summary>
    Task<bool> AddIncoming(IncomingWebhook webhook, byte[] secretHash, CancellationToken cancellation);

    Task<(IncomingWebhook Webhook, byte[] SecretHash)?> FindIncoming(Guid id, CancellationToken cancellation);

    /// <summary>Adds a webhook; from then on it is told each change of its room. The one that is there, which may be another's.</summary>
    Task<OutgoingWebhook> AddOutgoing(OutgoingWebhook webhook, CancellationToken cancellation);

    /// <summary>All of a room, with the secrets of the outgoing ones.</summary>
    Task<WebhookList> ListWebhooks(Guid roomId, CancellationToken cancellation);

    /// <summary>Deletes a webhook of a room with all that waits for it. False when there is none.</summary>
    Task<bool> DeleteWebhook(Guid roomId, Guid id, CancellationToken cancellation);

    /// <summary>Lets a webhook go on, whatever its state. False when there is none.</summary>
    Task<bool> ResumeWebhook(Guid roomId, Guid id, CancellationToken cancellation);

    /// <summary>Takes webhooks that have something to tell and are nobody else's now.</summary>
    /// <param name="owner">The node.</param>
    /// <param name="only">Among these; null for among all.</param>
    /// <param name="now">The time.</param>
    /// <param name="until">When the lease runs out.</param>
    /// <param name="cancellation">Ends waiting.</param>
    Task<IReadOnlyList<OutgoingWebhook>> LeaseWebhooks(Guid owner, IReadOnlyCollection<Guid>? only, DateTimeOffset now, DateTimeOffset until, CancellationToken cancellation);

    /// <summary>Prolongs leases; answers those that are still the owner's.</summary>
    Task<IReadOnlyList<Guid>> RenewLeases(Guid owner, IReadOnlyCollection<Guid> webhooks, DateTimeOffset until, CancellationToken cancellation);

    /// <summary>Gives a lease back.</summary>
    Task EndLease(Guid owner, Guid webhookId, CancellationToken cancellation);

    /// <summary>The next events by version.</summary>
    Task<IReadOnlyList<WebhookLetter>> NextEvents(Guid webhookId, int most, CancellationToken cancellation);

    /// <summary>An event got through. False when the lease is another's, or the webhook is gone.</summary>
    Task<bool> Delivered(Guid owner, Guid webhookId, long version, CancellationToken cancellation);

    /// <summary>A try failed. Since when nothing gets through; null when the lease is another's, or the webhook is gone.</summary>
    Task<DateTimeOffset?> Failed(Guid owner, Guid webhookId, string error, DateTimeOffset now, CancellationToken cancellation);

    /// <summary>Gives the webhook up until it is resumed.</summary>
    Task Park(Guid owner, Guid webhookId, CancellationToken cancellation);
}

/// <summary>An event on its way out.</summary>
internal sealed record WebhookLetter(long Version, Guid Id, string Body);
