using System.Threading.RateLimiting;
using Chat.Contracts;

namespace Chat.Hub.Rooms;

/// <summary>What limiters of all kinds have in common.</summary>
internal static class Leases
{
    /// <summary>The refusal of a lease that was not given, with the time after which one may be.</summary>
    /// <param name="lease">The lease.</param>
    /// <param name="words">For people.</param>
    /// <param name="usual">Where the limiter does not say when.</param>
    public static Error Refusal(this RateLimitLease lease, string words, TimeSpan usual) =>
        Rooms.Refusal.Of(ErrorCode.RateLimited, words, lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : usual);

    /// <summary>So many tries of a password, or of signing in, a minute for each key.</summary>
    public static PartitionedRateLimiter<TKey> TriesPerMinute<TKey>(int permits) where TKey : notnull =>
        PartitionedRateLimiter.Create<TKey, TKey>(key => RateLimitPartition.GetFixedWindowLimiter(key, _ => new FixedWindowRateLimiterOptions
        {
            PermitLimit = permits,
            Window = TimeSpan.FromMinutes(1),
            QueueLimit = 0,
            AutoReplenishment = true,
        }));

    /// <summary>Counts a try; the refusal when there were too many.</summary>
    public static Error? Try<TKey>(this PartitionedRateLimiter<TKey> tries, TKey key)
    {
        using var lease = tries.AttemptAcquire(key);
        return lease.IsAcquired ? null : lease.Refusal("Too many tries. Wait a moment.", TimeSpan.FromMinutes(1));
    }
}
