using System.Net.Sockets;

namespace Chat.Hub.Delivery;

/// <summary>
/// The socket of a WebSocket connection, written to by whoever tells a room, at once and on his own thread: no queue, no copy,
/// no other thread is woken. Only while nothing else is on its way: what the pipe holds goes first, and what a socket does not
/// take whole is finished before anything follows.
/// </summary>
internal sealed class DirectLine(Socket socket) : IDisposable
{
    // Not disposed: it holds nothing as long as nobody asks for its handle, and who waits must get his turn.
    private readonly SemaphoreSlim turn = new(1, 1);
    private long written;
    private long sent;
    private volatile bool isOpen;

    /// <summary>Whether it may be written to.</summary>
    public bool IsOpen => isOpen;

    /// <summary>The client has said something: it has the answer that opened the WebSocket.</summary>
    public void Open() => isOpen = true;

    /// <summary>Bytes that were put into the pipe.</summary>
    public void Wrote(long bytes) => Interlocked.Add(ref written, bytes);

    /// <summary>Writes a whole frame now.</summary>
    /// <returns>False, and nothing written, where something else is on its way.</returns>
    public bool TryWrite(ReadOnlyMemory<byte> frame)
    {
        if (!isOpen || Volatile.Read(ref written) != Volatile.Read(ref sent) || !turn.Wait(0)) return false;
        var isUnderWay = false;
        try
        {
            // Again, now that nobody else can: in between somebody may have closed it, or put something into the pipe.
            if (!isOpen || Volatile.Read(ref written) != Volatile.Read(ref sent)) return false;
            var taken = socket.Send(frame.Span, SocketFlags.None, out var error);
            if (error is not SocketError.Success || taken is 0) return false;
            if (taken == frame.Length) return true;
            isUnderWay = true;
            _ = Finish(frame[taken..]);
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

    /// <summary>Writes a frame of the pipe, when it is its turn.</summary>
    /// <exception cref="SocketException">The connection is over.</exception>
    public async ValueTask Write(ReadOnlyMemory<byte> frame, CancellationToken cancellation)
    {
        if (!turn.Wait(0, CancellationToken.None)) await turn.WaitAsync(cancellation);
        try
        {
            // What a socket takes at once needs nobody to wait for it: to wait, it would keep the buffer for as long as it lives.
            var taken = socket.Send(frame.Span, SocketFlags.None, out var error);
            if (error is not (SocketError.Success or SocketError.WouldBlock)) throw new SocketException((int)error);
            for (var rest = error is SocketError.Success ? frame[taken..] : frame; rest.Length > 0;)
                rest = rest[await socket.SendAsync(rest, SocketFlags.None, cancellation)..];
            if (WebSocketFrame.DataIn(frame.Span) is > 0 and var payload) Interlocked.Add(ref sent, payload);
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Nothing is written at once any more.</summary>
    public void Dispose() => isOpen = false;

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
