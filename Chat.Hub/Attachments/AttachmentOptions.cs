using System.ComponentModel.DataAnnotations;

namespace Chat.Hub.Attachments;

/// <summary>Files that people share: section <c>Chat:Attachments</c>.</summary>
public sealed class AttachmentOptions
{
    /// <summary>Bytes of one file. A proxy before Chat must let as many through.</summary>
    [Range(1, 1_099_511_627_776)]
    public long MostBytes { get; set; } = 16 * 1024 * 1024;

    /// <summary>Pixels of one image, across times down; larger ones are refused before anything is decoded.</summary>
    [Range(1, 1_000_000_000)]
    public long MostPixels { get; set; } = 50_000_000;

    /// <summary>Bytes of memory that making one thumbnail may take; images that need more have none.</summary>
    [Range(1_048_576, 4_294_967_296)]
    public long ThumbnailBytes { get; set; } = 192 * 1024 * 1024;

    /// <summary>Bytes that one user may have uploaded and not sent in a message yet.</summary>
    [Range(1, 1_099_511_627_776)]
    public long UnusedBytes { get; set; } = 256 * 1024 * 1024;

    /// <summary>Uploads a minute of one user, on average.</summary>
    [Range(1, 1_000_000)]
    public int UploadsPerMinute { get; set; } = 60;

    /// <summary>Uploads of one user under way at once, on this node.</summary>
    [Range(1, 1_000)]
    public int UploadsAtOnce { get; set; } = 4;

    /// <summary>Downloads a second of one user, on average.</summary>
    [Range(1, 1_000_000)]
    public int DownloadsPerSecond { get; set; } = 50;

    /// <summary>Downloads that one user may begin at once.</summary>
    [Range(1, 1_000_000)]
    public int DownloadsBurst { get; set; } = 300;

    /// <summary>
    /// The folder of the files, relative to the content root or absolute; null for "attachments" beside the store's file.
    /// Several nodes must share it. With <see cref="S3Options.Bucket"/> only uploads under way are there.
    /// </summary>
    public string? Folder { get; set; }
}
