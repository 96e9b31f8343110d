namespace Chat.Hub.Attachments;

/// <summary>
/// Keeps bytes under a name: in a folder or in a bucket. What was put is there after a power cut, and never changes.
/// Every method throws <see cref="Storage.StoreUnavailableException"/> when it cannot be done now.
/// </summary>
internal interface IBlobs
{
    /// <summary>A folder for uploads under way, on the disk where they stay if they stay on one. It is there.</summary>
    string Incoming { get; }

    /// <summary>Keeps a file; it may be moved away.</summary>
    Task Put(string name, Spool file, CancellationToken cancellation);

    /// <summary>Keeps a few bytes.</summary>
    Task Put(string name, byte[] bytes, CancellationToken cancellation);

    /// <summary>Some of the bytes, to the end where no length is given; null where nothing has that name.</summary>
    Task<Blob?> Open(string name, long from, long? length, CancellationToken cancellation);

    /// <summary>Forgets them, if they are there.</summary>
    Task Delete(string name, CancellationToken cancellation);
}

/// <summary>Bytes to be read once.</summary>
/// <param name="Content">At the first of them; there may be more behind the last.</param>
/// <param name="Length">How many were asked for and are there.</param>
internal sealed record Blob(Stream Content, long Length) : IAsyncDisposable
{
    public ValueTask DisposeAsync() => Content.DisposeAsync();
}
