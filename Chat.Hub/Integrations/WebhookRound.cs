using Chat.Contracts;
using Chat.Hub.Operations;
using Chat.Hub.Storage;
using Microsoft.Extensions.Options;
using Polly;
using Polly.Retry;

namespace Chat.Hub.Integrations;

/// <summary>Delivers what waits for one webhook, one event after the other, each until it got through.</summary>
internal sealed partial class WebhookRound : IDisposable
{
    private const int MostPerRead = 50;

    private readonly IWebhookStore store;
    private readonly WebhookPost post;
    private readonly ChatClock time;
    private readonly ILogger<WebhookRound> logger;
    private readonly SemaphoreSlim atOnce;
    private readonly TimeSpan parkAfter;
    private readonly ResiliencePipeline<Attempt> retrying;

    public WebhookRound(
        IWebhookStore store, WebhookPost post, IOptions<WebhookOptions> options, ChatClock time, TimeProvider clock, ILogger<WebhookRound> logger)
    {
        (this.store, this.post, this.time, this.logger) = (store, post, time, logger);
        atOnce = new SemaphoreSlim(options.Value.RequestsAtOnce);
        parkAfter = TimeSpan.FromHours(options.Value.ParkAfterHours);
        retrying = new ResiliencePipelineBuilder<Attempt> { TimeProvider = clock }.AddRetry(new RetryStrategyOptions<Attempt>
        {
            MaxRetryAttempts = int.MaxValue,
            Delay = TimeSpan.FromSeconds(1),
            MaxDelay = TimeSpan.FromMinutes(10),
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            ShouldHandle = attempt => ValueTask.FromResult(attempt.Outcome.Result is Attempt.Failed),
        }).Build();
    }

    private enum Attempt
    {
        GotThrough,
        Failed,
        GivenUp,
    }

    /// <summary>Delivers until nothing waits. False when the webhook was parked or deleted, or the lease is another's.</summary>
    public async Task<bool> Deliver(Guid owner, OutgoingWebhook webhook, CancellationToken cancellation)
    {
        while (await store.NextEvents(webhook.Id, MostPerRead, cancellation) is { Count: > 0 } letters)
        {
            foreach (var letter in letters)
            {
                var end = await retrying.ExecuteAsync(async token => await Try(owner, webhook, letter, token), cancellation);
                if (end is not Attempt.GotThrough || !await store.Delivered(owner, webhook.Id, letter.Version, cancellation)) return false;
            }
        }
        return true;
    }

    public void Dispose() => atOnce.Dispose();

    private async Task<Attempt> Try(Guid owner, OutgoingWebhook webhook, WebhookLetter letter, CancellationToken cancellation)
    {
        var outcome = await Send(webhook, letter, cancellation);
        if (outcome.Error is not { } error) return Attempt.GotThrough;
        LogFailed(webhook.Id, webhook.RoomId, error);
        if (await store.Failed(owner, webhook.Id, error, time.Now, cancellation) is not { } since) return Attempt.GivenUp;
        if (!outcome.IsGone && time.Now - since < parkAfter) return Attempt.Failed;
        await store.Park(owner, webhook.Id, cancellation);
        LogParked(webhook.Id, webhook.RoomId);
        return Attempt.GivenUp;
    }

    private async Task<PostOutcome> Send(OutgoingWebhook webhook, WebhookLetter letter, CancellationToken cancellation)
    {
        await atOnce.WaitAsync(cancellation);
        try
        {
            return await post.Send(webhook, letter, cancellation);
        }
        finally
        {
            atOnce.Release();
        }
    }

    [LoggerMessage(147, LogLevel.Information, "Webhook {WebhookId} of room {RoomId} did not get through: {Reason}")]
    private partial void LogFailed(Guid webhookId, Guid roomId, string reason);

    [LoggerMessage(148, LogLevel.Warning, "Webhook {WebhookId} of room {RoomId} is parked until somebody resumes it.")]
    private partial void LogParked(Guid webhookId, Guid roomId);
}
