using Chat.Hub.Operations;
using Chat.Hub.Storage;

namespace Chat.Hub.Attachments;

/// <summary>
/// Clears away what nobody used for a day, bytes that nobody needs any more, and uploads that were broken off. Every node
/// does so; whatever two do at once is done once, or does no harm twice.
/// </summary>
internal sealed partial class AttachmentCollector(
    IAttachmentStore store, IBlobs blobs, ChatClock time, TimeProvider clock, ILogger<AttachmentCollector> logger) : BackgroundService
{
    private const int AtOnce = 100;
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Unused = TimeSpan.FromHours(24);

    // Longer than any upload takes between noting its blob and needing it, and any forward between finding a file and sharing it.
    private static readonly TimeSpan Loose = TimeSpan.FromHours(1);

    /// <summary>Clears away what is old at a moment.</summary>
    /// <exception cref="StoreUnavailableException">The rest is for the next time.</exception>
    public async Task Collect(DateTimeOffset now, CancellationToken cancellation)
    {
        var files = 0;
        for (var freed = AtOnce; freed == AtOnce; files += freed) freed = await store.FreeUnused(now - Unused, now, AtOnce, cancellation);

        var deleted = 0;
        while (await store.LooseBlobs(now - Loose, AtOnce, cancellation) is { Count: > 0 } loose)
        {
            foreach (var blob in loose)
            {
                if (!blob.IsNeeded) deleted += await Delete(blob.Blob, cancellation);
                await store.ForgetBlob(blob, cancellation);
            }
        }
        DeleteBrokenOff(now);
        if (files > 0 || deleted > 0) LogCollected(files, deleted);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await Collect(time.Now, stoppingToken);
            }
            catch (StoreUnavailableException e)
            {
                LogAway(e);
            }
        }
    }

    private async Task<int> Delete(string blob, CancellationToken cancellation)
    {
        await blobs.Delete(Uploads.ThumbnailOf(blob), cancellation);
        await blobs.Delete(blob, cancellation);
        return 1;
    }

    // Of a node that ended in the middle of one. An upload under way is written to all the time.
    private void DeleteBrokenOff(DateTimeOffset now)
    {
        try
        {
            foreach (var file in new DirectoryInfo(blobs.Incoming).EnumerateFiles().Where(file => file.LastWriteTimeUtc < (now - Loose).UtcDateTime))
                file.Delete();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            LogAway(e);
        }
    }

    [LoggerMessage(123, LogLevel.Information, "Cleared away {Files} unused attachments and the bytes of {Blobs} that nobody needs.")]
    private partial void LogCollected(int files, int blobs);

    [LoggerMessage(124, LogLevel.Warning, "Attachments that nobody needs could not be cleared away; it is tried again.")]
    private partial void LogAway(Exception exception);
}
