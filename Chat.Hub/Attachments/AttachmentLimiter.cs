using System.Threading.RateLimiting;
using Chat.Contracts;
using Chat.Hub.Rooms;
using Microsoft.Extensions.Options;

namespace Chat.Hub.Attachments;

/// <summary>How often one user may upload and download, and how many uploads may be under way at once.</summary>
internal sealed class AttachmentLimiter(IOptions<AttachmentOptions> options) : IDisposable
{
    private readonly PartitionedRateLimiter<Guid> uploads = Bucket(options.Value.UploadsPerMinute, TimeSpan.FromMinutes(1), options.Value.UploadsPerMinute);
    private readonly PartitionedRateLimiter<Guid> downloads = Bucket(options.Value.DownloadsPerSecond, TimeSpan.FromSeconds(1), options.Value.DownloadsBurst);
    private readonly PartitionedRateLimiter<Guid> atOnce = PartitionedRateLimiter.Create<Guid, Guid>(userId =>
        RateLimitPartition.GetConcurrencyLimiter(userId, _ => new ConcurrencyLimiterOptions { PermitLimit = options.Value.UploadsAtOnce, QueueLimit = 0 }));

    /// <summary>Lets an upload begin; it is under way until what comes back is disposed. The refusal when there are too many.</summary>
    public IDisposable? BeginUpload(Guid userId, out Error? refusal)
    {
        var place = atOnce.AttemptAcquire(userId);
        if (!place.IsAcquired) refusal = Refusal.Of(ErrorCode.RateLimited, "Too many uploads at once. Wait for one of them.", TimeSpan.FromSeconds(1));
        else refusal = Take(uploads, userId, "Too many uploads. Wait a moment.");
        if (refusal is null) return place;
        place.Dispose();
        return null;
    }

    /// <summary>Counts a download; the refusal when there were too many.</summary>
    public Error? Download(Guid userId) => Take(downloads, userId, "Too many downloads. Wait a moment.");

    public void Dispose()
    {
        uploads.Dispose();
        downloads.Dispose();
        atOnce.Dispose();
    }

    private static Error? Take(PartitionedRateLimiter<Guid> buckets, Guid userId, string words)
    {
        using var lease = buckets.AttemptAcquire(userId);
        return lease.IsAcquired ? null : lease.Refusal(words, TimeSpan.FromSeconds(1));
    }

    private static PartitionedRateLimiter<Guid> Bucket(int permits, TimeSpan each, int burst) =>
        PartitionedRateLimiter.Create<Guid, Guid>(userId => RateLimitPartition.GetTokenBucketLimiter(userId, _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = burst,
            TokensPerPeriod = 1,
            ReplenishmentPeriod = each / permits,
            QueueLimit = 0,
            AutoReplenishment = true,
        }));
}
