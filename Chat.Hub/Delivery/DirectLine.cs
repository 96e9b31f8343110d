using System.Net.Sockets;

namespace Chat.Hub.Delivery;

/// <summary>
/// The socket of a WebSocket connection, written to by whoever tells a room or answers, at once and on his own thread: no queue,
/// and no other thread is woken. Only while nothing else is on its way: what the pipe holds goes first, and what a socket does not
/// take whole is finished before anything follows.
/// </summary>
/// <param name="socket">Of the connection; it does not block.</param>
/// <param name="frames">Sends what was held for an answer that does not come; null for the one that all share.</param>
internal sealed class DirectLine(Socket socket, HeldFrames? frames = null) : IDisposable
{
    /// <summary>Bytes of a frame that may wait for an answer.</summary>
    private const int MostHeld = 8 * 1024;

    // Not disposed: it holds nothing as long as nobody asks for its handle, and who waits must get his turn.
    private readonly SemaphoreSlim turn = new(1, 1);
    private long written;
    private long sent;
    private volatile bool isOpen;

    // Answers that are about to be written, and what goes out with the first of them. Put there by whoever has the turn.
    private int answers;
    private byte[]? held;

    /// <summary>Whether it may be written to.</summary>
    public bool IsOpen => isOpen;

    /// <summary>The client has said something: it has the answer that opened the WebSocket.</summary>
    public void Open() => isOpen = true;

    /// <summary>Whether nothing of the pipe is on its way. It may be again in a moment.</summary>
    public bool IsFree => isOpen && Volatile.Read(ref written) == Volatile.Read(ref sent);

    /// <summary>Bytes that were put into the pipe.</summary>
    public void Wrote(long bytes) => Interlocked.Add(ref written, bytes);

    /// <summary>
    /// The answer to a call of the client will be written in a moment: what the client is told meanwhile goes out with it, because
    /// a send costs more than what is in it.
    /// </summary>
    public void BeginAnswer() => Interlocked.Increment(ref answers);

    /// <summary>It is written now, if the client asked for one.</summary>
    public void EndAnswer() => Interlocked.Decrement(ref answers);

    /// <summary>Writes a whole frame now, or with the answer that is about to come. Nobody changes it any more.</summary>
    /// <returns>False, and nothing written, where something else is on its way.</returns>
    public bool TryWrite(byte[] frame) => TryWrite(frame, frame);

    /// <summary>Writes a whole frame now.</summary>
    /// <returns>As above.</returns>
    public bool TryWrite(ReadOnlySpan<byte> frame) => TryWrite(frame, null);

    /// <summary>Writes a frame of the pipe, when it is its turn.</summary>
    /// <exception cref="SocketException">The connection is over.</exception>
    public async ValueTask Write(ReadOnlyMemory<byte> frame, CancellationToken cancellation)
    {
        if (!turn.Wait(0, CancellationToken.None)) await turn.WaitAsync(cancellation);
        try
        {
            await SendHeld(cancellation);
            await Send(frame, cancellation);
            if (WebSocketFrame.DataIn(frame.Span) is > 0 and var payload) Interlocked.Add(ref sent, payload);
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Sends what was held, if the answer has not taken it along.</summary>
    public async Task Push()
    {
        if (held is null) return;
        await turn.WaitAsync();
        try
        {
            await SendHeld(CancellationToken.None);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The connection is over; whoever reads it finds out.
            isOpen = false;
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Nothing is written at once any more.</summary>
    public void Dispose() => isOpen = false;

    private bool TryWrite(ReadOnlySpan<byte> frame, byte[]? kept)
    {
        if (!IsFree || !turn.Wait(0)) return false;
        var isUnderWay = false;
        try
        {
            // Again, now that nobody else can: in between somebody may have closed it, or put something into the pipe.
            if (!IsFree) return false;
            if (kept is not null && TryHold(kept)) return true;
            var before = held;
            if (before is not null) frame = kept = [.. before, .. frame];
            var taken = socket.Send(frame, SocketFlags.None, out var error);
            if (error is not SocketError.Success || taken is 0) return false;
            held = null;
            if (taken == frame.Length) return true;
            isUnderWay = true;
            _ = Finish(kept?.AsMemory(taken) ?? frame[taken..].ToArray());
            return true;
        }
        catch (ObjectDisposedException)
        {
            isOpen = false;
            return false;
        }
        finally
        {
            if (!isUnderWay) turn.Release();
        }
    }

    // The turn is the caller's.
    private bool TryHold(byte[] frame)
    {
        if (held is not null || frame.Length > MostHeld || Volatile.Read(ref answers) is 0) return false;
        held = frame;
        (frames ?? HeldFrames.Shared).Add(this);
        return true;
    }

    private ValueTask SendHeld(CancellationToken cancellation)
    {
        if (held is not { } frame) return ValueTask.CompletedTask;
        held = null;
        return Send(frame, cancellation);
    }

    private async ValueTask Send(ReadOnlyMemory<byte> frame, CancellationToken cancellation)
    {
        // What a socket takes at once needs nobody to wait for it: to wait, it would keep the buffer for as long as it lives.
        var taken = socket.Send(frame.Span, SocketFlags.None, out var error);
        if (error is not (SocketError.Success or SocketError.WouldBlock)) throw new SocketException((int)error);
        for (var rest = error is SocketError.Success ? frame[taken..] : frame; rest.Length > 0;)
            rest = rest[await socket.SendAsync(rest, SocketFlags.None, cancellation)..];
    }

    private async Task Finish(ReadOnlyMemory<byte> rest)
    {
        try
        {
            while (rest.Length > 0) rest = rest[await socket.SendAsync(rest, SocketFlags.None)..];
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The connection is over; whoever reads it finds out.
            isOpen = false;
        }
        finally
        {
            turn.Release();
        }
    }
}
