using System.Net.Sockets;
using System.Text;

namespace Chat.Bench.Load.Clients;

/// <summary>One connection of a <see cref="Swarm"/>: reads what it must, counts what it is told, checks that each comes once and in order.</summary>
internal sealed class SwarmClient(Swarm swarm, Seat seat, int number) : IDisposable
{
    // Between what was kept and what comes: Unwrapping needs one.
    private const int Gap = 8;
    private static readonly byte[] EndOfHead = "\r\n\r\n"u8.ToArray();

    private readonly Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private Unwrapping unwrapping;
    private byte[] rest = [];
    private int restLength;
    private int step = -1;
    private int[] heard = [];
    private int firstSender;

    public int Number => number;

    public int Handle => (int)socket.Handle;

    public Seat Seat => seat;

    /// <summary>It is in, and has said all that it was to say at first.</summary>
    public bool IsReady => step == seat.Steps.Count;

    /// <summary>Calls that were answered.</summary>
    public int Answered { get; private set; }

    /// <summary>Its own to use: what it sends, where it sends.</summary>
    public Speaker? Speaker { get; set; }

    /// <summary>It may be cut off without that being a fault: it reads nothing.</summary>
    public bool IsStalled { get; set; }

    /// <summary>Deliveries in what it was told on coming in.</summary>
    public int HeardOnComing { get; private set; }

    /// <summary>What it hears from now on, each from its first message.</summary>
    public void Listen(Hearing hearing) => (firstSender, heard) = (hearing.FirstSender, new int[hearing.Senders]);

    /// <summary>The last number heard of a sender.</summary>
    public int LastOf(int sender) => heard[sender - firstSender];

    public void Open()
    {
        if (seat.ReceiveBuffer is { } bytes) socket.ReceiveBufferSize = bytes;
        // On the loopback address it takes no time.
        socket.Connect(seat.Server);
        Write(Encoding.ASCII.GetBytes(
            $"GET {seat.Path} HTTP/1.1\r\nHost: {seat.Server}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"));
    }

    /// <summary>Sends bytes as they are.</summary>
    public void Write(ReadOnlySpan<byte> frame)
    {
        if (!Epoll.Send(Handle, frame)) throw new LoadException($"Connection {number} could not send: the server does not read, or has ended it.");
    }

    public void KeepAlive()
    {
        if (IsReady && !IsStalled && seat.Dialect.KeepAlive is { Length: > 0 } words) Write(seat.Dialect.Frame(words));
    }

    /// <summary>Reads once.</summary>
    /// <returns>False: it is closed.</returns>
    public bool Read(Span<byte> buffer)
    {
        rest.AsSpan(0, restLength).CopyTo(buffer);
        var from = restLength + Gap;
        var count = Epoll.Receive(Handle, buffer[from..]);
        if (count <= 0) return count < 0;
        var to = from + count;
        if (step < 0)
        {
            // The answer to the upgrade is no frame.
            buffer[from..to].CopyTo(buffer[restLength..]);
            to = restLength + count;
            var end = buffer[..to].IndexOf(EndOfHead);
            if (end < 0)
            {
                Keep(buffer[..to]);
                return true;
            }
            if (!buffer.StartsWith("HTTP/1.1 101"u8)) throw new LoadException($"Connection {number} was not taken: {Encoding.ASCII.GetString(buffer[..end])}");
            (restLength, from) = (0, end + EndOfHead.Length);
            Next();
        }
        var payload = buffer[..unwrapping.Unwrap(buffer, restLength, from, to, seat.Dialect.EndsWithFrame)];
        var used = seat.Dialect.HasRecords && (Speaker is not null || !IsReady || seat.Dialect.EndsWithFrame) ? ReadRecords(payload) : Scan(payload);
        Keep(payload[used..]);
        return !unwrapping.IsClosed;
    }

    public void Dispose() => socket.Dispose();

    private void Keep(ReadOnlySpan<byte> left)
    {
        if (rest.Length < left.Length) rest = new byte[Math.Max(left.Length, rest.Length * 2)];
        left.CopyTo(rest);
        restLength = left.Length;
    }

    private void Next()
    {
        step++;
        if (IsReady) swarm.Arrived(this);
        else if (seat.Steps[step].Payload is { Length: > 0 } words) Write(seat.Dialect.Frame(words));
    }

    private int ReadRecords(ReadOnlySpan<byte> payload)
    {
        var at = 0;
        for (int length; (length = payload[at..].IndexOf(Dialect.End)) >= 0; at += length + 1) ReadRecord(payload.Slice(at, length));
        return at;
    }

    private void ReadRecord(ReadOnlySpan<byte> record)
    {
        var dialect = seat.Dialect;
        if (dialect.IsPing(record))
        {
            Write(dialect.Frame("3"u8));
            return;
        }
        var isAnswer = dialect.IsAnswer(record);
        if (isAnswer && Dialect.IsRefusal(record) || dialect.IsClosing(record))
            throw new LoadException($"Connection {number} was told: {Encoding.UTF8.GetString(record)}");
        if (!IsReady)
        {
            Arrive(record);
        }
        else if (isAnswer)
        {
            // The text in it is no delivery.
            Answered++;
            swarm.Answered(this);
        }
        else
        {
            Scan(record);
        }
    }

    private void Arrive(ReadOnlySpan<byte> words)
    {
        if (words.IndexOf(seat.Steps[step].Awaited) < 0) return;
        if (seat.Resumes) HeardOnComing += CountMarks(words);
        Next();
    }

    /// <summary>Looks for deliveries.</summary>
    /// <returns>Where what is not yet known begins.</returns>
    private int Scan(ReadOnlySpan<byte> payload)
    {
        if (!IsReady)
        {
            // MessagePack: what it waits for comes once, and nobody speaks yet.
            var before = step;
            Arrive(payload);
            return step == before ? 0 : payload.Length;
        }
        var at = 0;
        for (int found; (found = payload[at..].IndexOf(Numbered.Begin)) >= 0; at += found + Numbered.Length)
        {
            if (payload.Length - at - found < Numbered.Length) return at + found;
            var (sender, count) = Numbered.Read(payload.Slice(at + found, Numbered.Length));
            swarm.Hear(this, sender, count);
        }
        return payload.Length > at && payload[^1] == Numbered.Begin[0] ? payload.Length - 1 : payload.Length;
    }

    /// <summary>Takes a delivery for heard; it must be the next of its sender.</summary>
    public void Hear(int sender, int count)
    {
        var place = sender - firstSender;
        if ((uint)place >= (uint)heard.Length)
            throw new LoadException($"Connection {number} was told number {count} of sender {sender}, who does not speak where it is.");
        if (count != heard[place] + 1)
            throw new LoadException($"Connection {number} was told number {count} of sender {sender} after number {heard[place]}: {(count > heard[place] ? "some are lost" : "doubled or out of order")}.");
        heard[place] = count;
    }

    private static int CountMarks(ReadOnlySpan<byte> words)
    {
        var count = 0;
        for (int at; (at = words.IndexOf(Numbered.Begin)) >= 0; words = words[(at + Numbered.Length)..]) count++;
        return count;
    }
}
