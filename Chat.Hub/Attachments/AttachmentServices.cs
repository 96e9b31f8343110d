using Chat.Hub.Operations;
using Microsoft.Extensions.Options;

namespace Chat.Hub.Attachments;

/// <summary>What attachments need.</summary>
internal static class AttachmentServices
{
    public static void Add(IServiceCollection services, bool inBucket)
    {
        services.AddSingleton<AttachmentFolder>().AddHostedService(provider => provider.GetRequiredService<AttachmentFolder>());
        if (inBucket) services.AddSingleton<IBlobs>(Bucket);
        else services.AddSingleton<IBlobs>(provider => new DiskBlobs(provider.GetRequiredService<AttachmentFolder>().Path));
        services.AddSingleton<Thumbnails>();
        services.AddSingleton<AttachmentLimiter>();
        services.AddSingleton<Uploads>();
        services.AddSingleton<Downloads>();
        services.AddSingleton<AttachmentCollector>().AddHostedService(provider => provider.GetRequiredService<AttachmentCollector>());
    }

    private static S3Blobs Bucket(IServiceProvider provider) => new(
        provider.GetRequiredService<IOptions<S3Options>>().Value, Path.Combine(provider.GetRequiredService<AttachmentFolder>().Path, "incoming"),
        provider.GetRequiredService<ChatClock>(), provider.GetRequiredService<TimeProvider>());
}
