using System.Threading.RateLimiting;
using Chat.Contracts;
using Chat.Hub.Delivery;
using Chat.Hub.Rooms;
using Microsoft.Extensions.Options;

namespace Chat.Hub.Hubs;

/// <summary>How much one user may ask for, over all connections: a bucket of tokens for each.</summary>
internal abstract class UserLimiter(int perSecond, int burst) : IDisposable
{
    private readonly PartitionedRateLimiter<Guid> buckets = PartitionedRateLimiter.Create<Guid, Guid>(userId =>
        RateLimitPartition.GetTokenBucketLimiter(userId, _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = burst,
            // One token at a time, but no timer more often than every 10 ms.
            TokensPerPeriod = Math.Max(1, perSecond / 100),
            ReplenishmentPeriod = TimeSpan.FromSeconds((double)Math.Max(1, perSecond / 100) / perSecond),
            QueueLimit = 0,
            AutoReplenishment = true,
        }));

    /// <summary>Takes a token; the refusal when there is none.</summary>
    public Error? Refusal(Guid userId)
    {
        using var lease = buckets.AttemptAcquire(userId);
        return lease.IsAcquired ? null : lease.Refusal("Too fast. Wait a moment.", TimeSpan.FromSeconds(1));
    }

    public void Dispose() => buckets.Dispose();
}

/// <summary>Messages, joins and new rooms.</summary>
internal sealed class ChangeLimiter(IOptions<DeliveryOptions> options) : UserLimiter(options.Value.ChangesPerSecond, options.Value.ChangesBurst);

/// <summary>Calls of any kind: reading too takes time from the others.</summary>
internal sealed class CallLimiter(IOptions<DeliveryOptions> options) : UserLimiter(options.Value.CallsPerSecond, options.Value.CallsBurst);
