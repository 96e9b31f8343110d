using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace Chat.Client.Sending;

/// <summary>
/// An outbox on disk: a journal of lines, written anew when most of it is done with. What <see cref="Put"/> returned from
/// survives the end of the program, and after <see cref="FlushAsync"/> also that of the machine.
/// </summary>
internal sealed class OutboxFile : IDisposable
{
    /// <summary>Lines that mean nothing any more before the file is written anew.</summary>
    private const int DeadAtMost = 1_000;
    private const string Beside = ".new";

    private readonly Lock gate = new();
    private readonly Lock flushing = new();
    private readonly string path;
    private readonly ILogger logger;
    private readonly FileStream claim;
    private readonly Dictionary<Guid, OutboxEntry> entries = [];
    private FileStream journal;
    private int lines;
    private long written;
    private long flushed;

    /// <exception cref="IOException">Another client has it, or it cannot be read or written.</exception>
    public OutboxFile(string path, ILogger logger)
    {
        (this.path, this.logger) = (Path.GetFullPath(path), logger);
        Directory.CreateDirectory(Path.GetDirectoryName(this.path)!);
        claim = Claim(this.path);
        try
        {
            Read();
            WriteBeside();
            journal = Replace();
        }
        catch
        {
            claim.Dispose();
            throw;
        }
    }

    /// <summary>What waits, in the order it was written.</summary>
    public IReadOnlyList<OutboxEntry> Entries
    {
        get
        {
            lock (gate) return [.. entries.Values.OrderBy(entry => entry.Order)];
        }
    }

    /// <summary>Adds a message, or changes one.</summary>
    /// <exception cref="IOException">It could not be written; nothing has changed.</exception>
    public void Put(OutboxEntry entry)
    {
        lock (gate)
        {
            Append(new OutboxLine { Put = entry });
            entries[entry.Request.ClientMessageId] = entry;
        }
    }

    /// <summary>Forgets a message. Where that cannot be written it comes back after a restart, and is posted once all the same.</summary>
    public void Done(Guid id)
    {
        lock (gate)
        {
            if (!entries.Remove(id)) return;
            try
            {
                Append(new OutboxLine { Done = id });
                if (lines > DeadAtMost + 4 * entries.Count) Shrink();
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                logger.OutboxNotWritten(e);
            }
        }
    }

    /// <summary>Waits until all that was put so far is on the disk itself; many who wait share one flush.</summary>
    public Task FlushAsync()
    {
        long upTo;
        lock (gate) upTo = written;
        return Task.Run(() => Flush(upTo));
    }

    public void Dispose()
    {
        lock (flushing)
        {
            lock (gate)
            {
                journal.Dispose();
                claim.Dispose();
            }
        }
    }

    private static FileStream Claim(string path)
    {
        try
        {
            // A file of its own: the journal is replaced when it is written anew.
            return new FileStream(path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1);
        }
        catch (IOException e)
        {
            throw new IOException($"The outbox file {path} is in use. Each client needs one of its own.", e);
        }
    }

    private void Read()
    {
        if (!File.Exists(path)) return;
        var text = File.ReadAllText(path);
        // Behind the last line break is what a program that was killed was writing: nobody was told that it was kept.
        var lines = text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var damaged = 0;
        foreach (var line in lines)
        {
            if (Parse(line) is not { } parsed) damaged++;
            else if (parsed.Done is { } done) entries.Remove(done);
            else if (parsed.Put is { } put) entries[put.Request.ClientMessageId] = put;
        }
        if (damaged is 0) return;
        var aside = path + ".damaged";
        File.Copy(path, aside, overwrite: true);
        logger.OutboxDamaged(damaged, aside);
    }

    private static OutboxLine? Parse(string line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, OutboxJson.Default.OutboxLine);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private void Append(OutboxLine line)
    {
        // It could not be opened again when it was written anew.
        if (!journal.CanWrite) journal = Open();
        var start = journal.Position;
        try
        {
            journal.Write(Bytes(line));
        }
        catch
        {
            // A half line would spoil the next one.
            journal.SetLength(start);
            throw;
        }
        lines++;
        written++;
    }

    private static byte[] Bytes(OutboxLine line) => [.. JsonSerializer.SerializeToUtf8Bytes(line, OutboxJson.Default.OutboxLine), (byte)'\n'];

    private void Flush(long upTo)
    {
        lock (flushing)
        {
            if (flushed >= upTo) return;
            FileStream stream;
            long now;
            lock (gate) (stream, now) = (journal, written);
            try
            {
                stream.Flush(flushToDisk: true);
            }
            catch (ObjectDisposedException) when (IsOld(stream))
            {
                // Written anew meanwhile, and flushed with it.
            }
            flushed = now;
        }
    }

    private bool IsOld(FileStream stream)
    {
        lock (gate) return stream != journal;
    }

    private void Shrink()
    {
        WriteBeside();
        // Windows replaces no file that is open.
        journal.Dispose();
        journal = Replace();
    }

    private void WriteBeside()
    {
        // Counted before: where it fails, the next one is not at once.
        lines = entries.Count;
        using var file = new FileStream(path + Beside, FileMode.Create, FileAccess.Write);
        foreach (var entry in entries.Values.OrderBy(entry => entry.Order)) file.Write(Bytes(new OutboxLine { Put = entry }));
        file.Flush(flushToDisk: true);
    }

    // A program that is killed meanwhile leaves the old file or the new one, whole.
    private FileStream Replace()
    {
        File.Move(path + Beside, path, overwrite: true);
        return Open();
    }

    // Without a buffer: what is written is in the hands of the system at once.
    private FileStream Open()
    {
        var stream = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.Read, bufferSize: 0);
        stream.Seek(0, SeekOrigin.End);
        return stream;
    }
}
