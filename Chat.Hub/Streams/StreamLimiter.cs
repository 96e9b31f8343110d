using System.Threading.RateLimiting;
using Chat.Contracts;
using Chat.Hub.Rooms;
using Microsoft.Extensions.Options;

namespace Chat.Hub.Streams;

/// <summary>How fast one user may write, over all its open messages: pieces and their length, four seconds of each at once.</summary>
internal sealed class StreamLimiter(IOptions<StreamOptions> options) : IDisposable
{
    private readonly PartitionedRateLimiter<Guid> pieces = Buckets(options.Value.PiecesPerSecond);
    private readonly PartitionedRateLimiter<Guid> units = Buckets(options.Value.UnitsPerSecond);
    private readonly int mostUnits = options.Value.UnitsPerSecond * 4;

    /// <summary>Takes what a piece costs; the refusal when it is too fast.</summary>
    public Error? Refusal(Guid userId, int length)
    {
        using var call = pieces.AttemptAcquire(userId);
        if (!call.IsAcquired) return TooFast(call);
        using var size = units.AttemptAcquire(userId, Math.Min(length, mostUnits));
        return size.IsAcquired ? null : TooFast(size);
    }

    public void Dispose()
    {
        pieces.Dispose();
        units.Dispose();
    }

    private static Error TooFast(RateLimitLease lease) => lease.Refusal("Too fast. Wait a moment.", TimeSpan.FromSeconds(1));

    private static PartitionedRateLimiter<Guid> Buckets(int perSecond) => PartitionedRateLimiter.Create<Guid, Guid>(userId =>
        RateLimitPartition.GetTokenBucketLimiter(userId, _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = perSecond * 4,
            TokensPerPeriod = Math.Max(1, perSecond / 10),
            ReplenishmentPeriod = TimeSpan.FromSeconds((double)Math.Max(1, perSecond / 10) / perSecond),
            QueueLimit = 0,
            AutoReplenishment = true,
        }));
}
