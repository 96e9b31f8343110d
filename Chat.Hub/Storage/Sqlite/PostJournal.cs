using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Chat.Contracts;
using Chat.Contracts.Wire;
using Microsoft.Win32.SafeHandles;

namespace Chat.Hub.Storage.Sqlite;

/// <summary>
/// A file beside the store to which messages are appended, and flushed, before they are acknowledged; the tables take them a
/// moment later, many at once. A commit so writes and flushes some hundred bytes, where the tables and their indexes ask for whole
/// pages (119 of them for 44 messages in as many rooms).
/// </summary>
/// <remarks>
/// A frame is its length, a checksum (CRC-32C of the store's epoch, the number and the content), its number, and the messages of
/// one commit as JSON. Numbers have no gaps: what follows the last frame, left from an earlier round or half written, has
/// another number or checksum. All integers are little-endian.
/// </remarks>
internal sealed partial class PostJournal : IDisposable
{
    private const int HeaderBytes = 16;

    private readonly string path;
    private readonly ArrayBufferWriter<byte> frame = new(16 * 1024);
    private readonly uint seed;
    private readonly bool flushes;
    private SafeFileHandle? file;

    /// <summary>Begins an empty one, or leaves what is there as it is until it is begun anew.</summary>
    /// <param name="path">The file.</param>
    /// <param name="epoch">The life of the store: frames of another one are nobody's.</param>
    /// <param name="number">Of the last frame that is in the tables.</param>
    /// <param name="flushes">Whether a frame must survive a power cut.</param>
    /// <param name="isSettled">Whether all that the file holds is in the tables.</param>
    /// <exception cref="IOException">It cannot be opened.</exception>
    public PostJournal(string path, string epoch, long number, bool flushes, bool isSettled)
    {
        (this.path, this.flushes, Number) = (path, flushes, number);
        seed = SeedOf(epoch);
        if (isSettled) file = Open();
    }

    /// <summary>Of the last frame.</summary>
    public long Number { get; private set; }

    /// <summary>Bytes that the next one follows.</summary>
    public long Length { get; private set; }

    /// <summary>Something could not be written: nobody knows what the file holds, until it is begun anew.</summary>
    public bool IsBroken => file is null;

    /// <summary>Whether there is anything in a journal.</summary>
    public static bool HasAny(string path)
    {
        using var journal = File.OpenHandle(path, share: FileShare.ReadWrite);
        return RandomAccess.GetLength(journal) > 0;
    }

    /// <summary>What a journal holds above a number: the messages of each commit, in their order.</summary>
    /// <param name="path">The file.</param>
    /// <param name="epoch">The life of the store.</param>
    /// <param name="above">Of the last frame that is in the tables; null to read whatever there is.</param>
    /// <returns>Nothing where frames between the number and the first are missing: it is another store's, or of another time.</returns>
    public static IReadOnlyList<(long Number, IReadOnlyList<Message> Messages)> Read(string path, string epoch, long? above)
    {
        if (!File.Exists(path)) return [];
        var seed = SeedOf(epoch);
        ReadOnlySpan<byte> left = BytesOf(path);
        var found = new List<(long, IReadOnlyList<Message>)>();
        long? last = null;
        while (TryTake(ref left, seed, out var number, out var content))
        {
            if (number != (last ?? number - 1) + 1) break;
            if (last is null && number > above + 1) break;
            last = number;
            if (above is null || number > above) found.Add((number, JsonSerializer.Deserialize<Message[]>(content, ChatJson.Options)!));
        }
        return found;
    }

    /// <summary>Appends the messages of a commit. They are on disk when it returns.</summary>
    /// <exception cref="IOException">They are not, as far as anybody knows.</exception>
    public void Append(IReadOnlyCollection<Message> messages)
    {
        frame.ResetWrittenCount();
        frame.GetSpan(HeaderBytes)[..HeaderBytes].Clear();
        frame.Advance(HeaderBytes);
        using (var writer = new Utf8JsonWriter(frame, new JsonWriterOptions { Encoder = ChatJson.Options.Encoder, SkipValidation = true }))
            JsonSerializer.Serialize(writer, messages, ChatJson.Options);

        var number = Number + 1;
        var bytes = MemoryMarshal.AsMemory(frame.WrittenMemory).Span;
        BinaryPrimitives.WriteInt32LittleEndian(bytes, bytes.Length - HeaderBytes);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[8..], number);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[4..], Checksum(seed, bytes[8..]));
        try
        {
            var handle = file ?? throw new IOException("The journal is broken.");
            RandomAccess.Write(handle, bytes, Length);
            if (flushes) Flush(handle);
        }
        catch (Exception e)
        {
            // After a flush that failed the system may take for written what is not: only a new file can be trusted.
            file?.Dispose();
            file = null;
            throw e as IOException ?? new IOException("The journal cannot be written.", e);
        }
        (Number, Length) = (number, Length + bytes.Length);
    }

    /// <summary>Begins it anew: all it held is in the tables, and on disk there.</summary>
    /// <param name="number">That the tables have.</param>
    public void Restart(long number)
    {
        // While it stays open it is written over, and what is left behind the last frame has lower numbers.
        (Number, Length) = (number, 0);
        try
        {
            file ??= Open();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It stays broken, and the tables take everything, until the next try.
        }
    }

    /// <summary>Leaves an empty file: all it held is in the tables, and on disk there.</summary>
    public void Empty()
    {
        Length = 0;
        try
        {
            if (file is not null) RandomAccess.SetLength(file, 0);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What is left in it has numbers that the tables have: the next start passes over it.
        }
    }

    public void Dispose() => file?.Dispose();

    // Empty: an earlier process, or a write that failed, may have left frames of any number.
    private SafeFileHandle Open() => File.OpenHandle(path, FileMode.Create, FileAccess.ReadWrite, FileShare.Read);

    // RandomAccess passes over a flush that a file system refuses which has become read-only after an error.
    private static void Flush(SafeFileHandle handle)
    {
        if (!OperatingSystem.IsLinux())
        {
            RandomAccess.FlushToDisk(handle);
            return;
        }
        const int interrupted = 4;
        while (FlushFile(handle) is not 0)
        {
            if (Marshal.GetLastPInvokeError() is not interrupted and var error) throw new IOException($"The journal cannot be flushed: {Marshal.GetPInvokeErrorMessage(error)}.");
        }
    }

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int FlushFile(SafeFileHandle handle);

    private static byte[] BytesOf(string path)
    {
        using var journal = File.OpenHandle(path, options: FileOptions.SequentialScan, share: FileShare.ReadWrite);
        var bytes = new byte[RandomAccess.GetLength(journal)];
        var read = 0;
        while (read < bytes.Length && RandomAccess.Read(journal, bytes.AsSpan(read), read) is > 0 and var some) read += some;
        return bytes[..read];
    }

    private static bool TryTake(ref ReadOnlySpan<byte> left, uint seed, out long number, out ReadOnlySpan<byte> content)
    {
        number = 0;
        content = default;
        if (left.Length < HeaderBytes) return false;
        var length = BinaryPrimitives.ReadInt32LittleEndian(left);
        if (length <= 0 || length > left.Length - HeaderBytes) return false;
        var whole = left[..(HeaderBytes + length)];
        if (BinaryPrimitives.ReadUInt32LittleEndian(whole[4..]) != Checksum(seed, whole[8..])) return false;
        number = BinaryPrimitives.ReadInt64LittleEndian(whole[8..]);
        content = whole[HeaderBytes..];
        left = left[whole.Length..];
        return true;
    }

    private static uint SeedOf(string epoch) => Checksum(uint.MaxValue, Encoding.UTF8.GetBytes(epoch));

    private static uint Checksum(uint crc, ReadOnlySpan<byte> bytes)
    {
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..]) crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        foreach (var one in bytes) crc = BitOperations.Crc32C(crc, one);
        return crc;
    }
}
