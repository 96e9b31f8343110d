using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;

namespace Chat.Hub.Delivery;

/// <summary>
/// What SignalR says to one connection (answers, mostly): gathered into a frame, and written into its socket at once where
/// nothing else is on its way (<see cref="DirectLine"/>). Through the pipe, where the rest goes, each answer wakes the transport, which
/// frames it and writes it from another thread.
/// </summary>
/// <param name="pipe">To the transport.</param>
/// <param name="line">The connection's socket.</param>
/// <param name="format">Whether frames are text.</param>
internal sealed class DirectOutput(PipeWriter pipe, DirectLine line, ITransferFormatFeature? format) : PipeWriter
{
    /// <summary>Bytes above which it goes through the pipe, and so counts as what the client has not read.</summary>
    private const int MostBytes = 64 * 1024;

    // Rented for as long as something is gathered: a quiet connection has none.
    private byte[]? frame;
    private int end;

    // What is being said has become too long.
    private bool isPiped;

    public override bool CanGetUnflushedBytes => pipe.CanGetUnflushedBytes;

    public override long UnflushedBytes => pipe.UnflushedBytes + (frame is null ? 0 : end - WebSocketFrame.LongestHead);

    public override Memory<byte> GetMemory(int sizeHint = 0)
    {
        if (isPiped || !HasRoom(sizeHint)) return pipe.GetMemory(sizeHint);
        return frame.AsMemory(end);
    }

    public override Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    public override void Advance(int bytes)
    {
        if (isPiped) pipe.Advance(bytes);
        else end += bytes;
    }

    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        isPiped = false;
        if (frame is null || end is WebSocketFrame.LongestHead) return pipe.FlushAsync(cancellationToken);
        // The pipe takes a copy before it answers.
        var flushed = TryWrite() ? new(new FlushResult()) : pipe.WriteAsync(frame.AsMemory(WebSocketFrame.LongestHead..end), cancellationToken);
        Return();
        return flushed;
    }

    public override ValueTask<FlushResult> WriteAsync(ReadOnlyMemory<byte> source, CancellationToken cancellationToken = default)
    {
        // What a line cannot take need not be gathered first.
        if (isPiped || (frame is null && !line.IsFree) || !HasRoom(source.Length))
        {
            isPiped = false;
            return pipe.WriteAsync(source, cancellationToken);
        }
        source.CopyTo(frame.AsMemory(end));
        end += source.Length;
        return FlushAsync(cancellationToken);
    }

    // By whoever ends the connection, beside one who writes: what was gathered is left to that one.
    public override void Complete(Exception? exception = null) => pipe.Complete(exception);

    public override ValueTask CompleteAsync(Exception? exception = null) => pipe.CompleteAsync(exception);

    public override void CancelPendingFlush() => pipe.CancelPendingFlush();

    /// <summary>Makes room; false, and all that was gathered is in the pipe, where it would be too much.</summary>
    private bool HasRoom(int bytes)
    {
        if (frame is null) end = WebSocketFrame.LongestHead;
        var needed = end + Math.Max(bytes, 1);
        if (frame is not null && needed <= frame.Length) return true;
        if (needed > MostBytes)
        {
            Spill();
            isPiped = true;
            return false;
        }
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(needed, 2 * (frame?.Length ?? 1024)));
        if (frame is not null)
        {
            frame.AsSpan(0, end).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(frame);
        }
        frame = larger;
        return true;
    }

    private bool TryWrite() =>
        line.TryWrite(WebSocketFrame.Complete(frame.AsSpan(0, end), end - WebSocketFrame.LongestHead, format?.ActiveFormat is not TransferFormat.Binary));

    private void Spill()
    {
        if (frame is null) return;
        var gathered = frame.AsSpan(WebSocketFrame.LongestHead..end);
        gathered.CopyTo(pipe.GetSpan(gathered.Length));
        pipe.Advance(gathered.Length);
        Return();
    }

    private void Return()
    {
        ArrayPool<byte>.Shared.Return(frame!);
        frame = null;
    }
}
