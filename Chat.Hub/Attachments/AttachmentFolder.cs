using Chat.Hub.Storage;
using Microsoft.Extensions.Options;

namespace Chat.Hub.Attachments;

/// <summary>Where attachments are kept; says at start what several nodes need of it.</summary>
internal sealed partial class AttachmentFolder(
    IOptions<AttachmentOptions> options, IOptions<StoreOptions> store, IOptions<S3Options> s3, StorePath beside, IHostEnvironment environment, ILogger<AttachmentFolder> logger)
    : IHostedService
{
    public string Path => options.Value.Folder is { } folder
        ? System.IO.Path.GetFullPath(folder, environment.ContentRootPath)
        : beside.Beside("attachments");

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (store.Value.PostgreSql is not null && s3.Value.Bucket is null && options.Value.Folder is null) LogNotShared(Path);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(125, LogLevel.Warning,
        "Attachments are kept in {Folder}. Several nodes must share it: set Chat:Attachments:Folder to a folder that all have, or Chat:Attachments:S3.")]
    private partial void LogNotShared(string folder);
}
