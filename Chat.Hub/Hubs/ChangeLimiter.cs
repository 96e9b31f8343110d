using System.Threading.RateLimiting;
using Chat.Contracts;
using Chat.Hub.Delivery;
using Microsoft.Extensions.Options;
using Refuse = Chat.Hub.Rooms.Refusal;

namespace Chat.Hub.Hubs;

/// <summary>How many changes one user may make: a bucket of tokens for each.</summary>
internal sealed class ChangeLimiter(IOptions<DeliveryOptions> options) : IDisposable
{
    private readonly PartitionedRateLimiter<Guid> buckets = PartitionedRateLimiter.Create<Guid, Guid>(userId =>
        RateLimitPartition.GetTokenBucketLimiter(userId, _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = options.Value.ChangesBurst,
            TokensPerPeriod = Math.Max(1, options.Value.ChangesPerSecond / 10),
            ReplenishmentPeriod = TimeSpan.FromSeconds(options.Value.ChangesPerSecond < 10 ? 1.0 / options.Value.ChangesPerSecond : 0.1),
            QueueLimit = 0,
            AutoReplenishment = true,
        }));

    /// <summary>Takes a token; the refusal when there is none.</summary>
    public Error? Refusal(Guid userId)
    {
        using var lease = buckets.AttemptAcquire(userId);
        if (lease.IsAcquired) return null;
        var retryAfter = lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : TimeSpan.FromSeconds(1);
        return Refuse.Of(ErrorCode.RateLimited, "Too fast. Wait a moment.", retryAfter);
    }

    public void Dispose() => buckets.Dispose();
}
