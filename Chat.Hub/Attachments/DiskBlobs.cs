using Chat.Hub.Storage;

namespace Chat.Hub.Attachments;

/// <summary>
/// Files in a folder, spread over 65,536 folders of two levels. A file has its name only when all of it is on the disk.
/// Several nodes may share the folder.
/// </summary>
internal sealed class DiskBlobs(string folder) : IBlobs
{
    /// <exception cref="InvalidOperationException">There is no such folder, nor can it be made.</exception>
    public string Incoming { get; } = Make(Path.Combine(folder, "incoming"));

    public Task Put(string name, Spool file, CancellationToken cancellation) => OnDisk(() => Keep(file.Path, PathOf(name)));

    public Task Put(string name, byte[] bytes, CancellationToken cancellation) => OnDisk(() =>
    {
        var temporary = Path.Combine(Incoming, Guid.NewGuid().ToString("N"));
        try
        {
            File.WriteAllBytes(temporary, bytes);
            return Keep(temporary, PathOf(name));
        }
        finally
        {
            File.Delete(temporary);
        }
    });

    public Task<Blob?> Open(string name, long from, long? length, CancellationToken cancellation) => OnDisk(() =>
    {
        try
        {
            // Shared for deletion: whoever reads goes on reading.
            var file = new FileStream(PathOf(name), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0, FileOptions.Asynchronous);
            file.Position = from;
            return new Blob(file, Math.Max(0, Math.Min(length ?? long.MaxValue, file.Length - from)));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    });

    public Task Delete(string name, CancellationToken cancellation) => OnDisk(() =>
    {
        try
        {
            File.Delete(PathOf(name));
        }
        catch (DirectoryNotFoundException)
        {
            // Gone with its folder.
        }
        return true;
    });

    private static string Make(string folder)
    {
        try
        {
            return Directory.CreateDirectory(folder).FullName;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InvalidOperationException($"Attachments cannot be kept in {folder}. Give Chat:Attachments:Folder one that can be written, or set Chat:Attachments:S3.", e);
        }
    }

    // Names are UUIDs: their last digits spread evenly, their first tell the time.
    private string PathOf(string name) => Path.Combine(folder, name[28..30], name[30..32], name);

    private static bool Keep(string temporary, string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        // Before the name: a power cut must not leave a name without its bytes.
        using (var handle = File.OpenHandle(temporary, FileMode.Open, FileAccess.ReadWrite)) RandomAccess.FlushToDisk(handle);
        File.Move(temporary, path);
        return true;
    }

    // On a thread of the pool: a flush may take long, and a request's thread is not to wait for it.
    private static async Task<T> OnDisk<T>(Func<T> act)
    {
        try
        {
            return await Task.Run(act);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StoreUnavailableException("The folder of attachments cannot be used.", e);
        }
    }
}
