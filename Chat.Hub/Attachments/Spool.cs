using System.IO.Pipelines;
using System.Security.Cryptography;
using Chat.Hub.Storage;
using Microsoft.Win32.SafeHandles;

namespace Chat.Hub.Attachments;

/// <summary>A file on its way in: written to disk as it comes, in the small pieces it comes in, and gone with this unless it is moved.</summary>
internal sealed class Spool : IDisposable
{
    private const int HeadBytes = 16 * 1024;

    private readonly byte[] head = new byte[HeadBytes];

    private Spool(string path) => Path = path;

    public string Path { get; }

    public long Length { get; private set; }

    /// <summary>The first bytes, at most 16 KB.</summary>
    public ReadOnlySpan<byte> Head => head.AsSpan(0, (int)Math.Min(Length, HeadBytes));

    /// <summary>SHA-256 of the whole, as S3 wants it signed.</summary>
    public byte[] Hash { get; private set; } = [];

    /// <summary>Takes a body to its end; null when it has more bytes than that.</summary>
    /// <exception cref="StoreUnavailableException">The disk does not take it.</exception>
    /// <exception cref="IOException">The body ends too early, or comes too slowly.</exception>
    public static async Task<Spool?> Take(string folder, PipeReader body, long mostBytes, CancellationToken cancellation)
    {
        var spool = new Spool(System.IO.Path.Combine(folder, Guid.NewGuid().ToString("N")));
        try
        {
            if (await spool.Fill(body, mostBytes, cancellation)) return spool;
        }
        catch
        {
            spool.Dispose();
            throw;
        }
        spool.Dispose();
        return null;
    }

    /// <summary>The file from its beginning.</summary>
    public FileStream Open() => new(Path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 4096);

    public void Dispose() => File.Delete(Path);

    private async Task<bool> Fill(PipeReader body, long mostBytes, CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var file = OnDisk(() => File.OpenHandle(Path, FileMode.CreateNew, FileAccess.Write, FileShare.Read, FileOptions.Asynchronous));
        var pieces = new List<ReadOnlyMemory<byte>>();
        while (true)
        {
            var read = await body.ReadAsync(cancellation);
            try
            {
                if (Length + read.Buffer.Length > mostBytes) return false;
                pieces.Clear();
                foreach (var piece in read.Buffer)
                {
                    pieces.Add(piece);
                    hash.AppendData(piece.Span);
                }
                await Write(file, pieces);
            }
            finally
            {
                // Also when it ends here: the server reads on to be able to answer.
                body.AdvanceTo(read.Buffer.End);
            }
            if (read.IsCompleted) break;
        }
        Hash = hash.GetHashAndReset();
        return true;
    }

    // No cancellation: a write that is under way still reads the body's memory.
    private async Task Write(SafeFileHandle file, List<ReadOnlyMemory<byte>> pieces)
    {
        try
        {
            await RandomAccess.WriteAsync(file, pieces, Length, CancellationToken.None);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Away(e);
        }
        foreach (var piece in pieces)
        {
            if (Length < HeadBytes) piece.Span[..(int)Math.Min(piece.Length, HeadBytes - Length)].CopyTo(head.AsSpan((int)Length));
            Length += piece.Length;
        }
    }

    private static T OnDisk<T>(Func<T> act)
    {
        try
        {
            return act();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Away(e);
        }
    }

    private static StoreUnavailableException Away(Exception e) => new("The folder of attachments cannot be written.", e);
}
