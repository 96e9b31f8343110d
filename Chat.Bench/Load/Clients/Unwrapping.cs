using System.Buffers.Binary;

namespace Chat.Bench.Load.Clients;

/// <summary>Takes the payload out of a server's WebSocket frames, which come in pieces and may be cut in the middle of a text.</summary>
internal struct Unwrapping
{
    private const int Closing = 8;

    private long left;
    private ulong head;
    private int headLength;
    private bool isInside;
    private bool isFinal;
    private bool isControl;

    /// <summary>The server has said that it closes.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>Moves payload to the front of the buffer.</summary>
    /// <param name="buffer">Payload that was kept, a gap of at least one byte, then what came.</param>
    /// <param name="kept">How much was kept.</param>
    /// <param name="from">Where what came begins.</param>
    /// <param name="to">Where it ends.</param>
    /// <param name="endsRecords">Whether the end of a frame is marked by <see cref="Dialect.End"/>.</param>
    /// <returns>Where the payload ends.</returns>
    public int Unwrap(Span<byte> buffer, int kept, int from, int to, bool endsRecords)
    {
        var write = kept;
        while (from < to)
        {
            if (!isInside && !Enter(buffer, ref from, to)) break;
            var take = (int)Math.Min(left, to - from);
            if (!isControl)
            {
                buffer.Slice(from, take).CopyTo(buffer[write..]);
                write += take;
            }
            from += take;
            left -= take;
            if (left > 0) break;
            isInside = false;
            if (endsRecords && isFinal && !isControl) buffer[write++] = Dialect.End;
        }
        return write;
    }

    // The head of a frame: 2 bytes, 4 or 10 for longer ones. Gathered, since it may be cut too.
    private bool Enter(ReadOnlySpan<byte> buffer, ref int from, int to)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, head);
        while (from < to)
        {
            // Longer than 64 KB comes with 8 bytes of length, of which the first four are zero: they are skipped.
            if (headLength is >= 2 and < 6 && (bytes[1] & 0x7f) is 127) headLength++;
            else bytes[headLength is >= 6 ? headLength++ - 4 : headLength++] = buffer[from];
            from++;
            var needed = headLength < 2 ? 2 : (bytes[1] & 0x7f) switch { 126 => 4, 127 => 10, _ => 2 };
            if (headLength < needed) continue;
            Begin(bytes);
            return true;
        }
        head = BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        return false;
    }

    private void Begin(ReadOnlySpan<byte> bytes)
    {
        var opcode = bytes[0] & 0x0f;
        isFinal = (bytes[0] & 0x80) is not 0;
        isControl = opcode >= Closing;
        IsClosed |= opcode is Closing;
        left = (bytes[1] & 0x7f) switch
        {
            126 => BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]),
            127 => BinaryPrimitives.ReadUInt32BigEndian(bytes[2..]),
            var length => length,
        };
        (head, headLength, isInside) = (0, 0, true);
    }
}
