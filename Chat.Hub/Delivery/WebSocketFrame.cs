using System.Buffers.Binary;

namespace Chat.Hub.Delivery;

/// <summary>Whole frames as a server sends them, without a mask: https://www.rfc-editor.org/rfc/rfc6455#section-5.2</summary>
internal static class WebSocketFrame
{
    private const byte Final = 0x80;
    private const byte Text = 0x01;
    private const byte Binary = 0x02;
    private const byte Control = 0x08;
    private const byte Length = 0x7f;
    private const byte Length16 = 126;
    private const byte Length64 = 127;

    /// <summary>A message in one frame.</summary>
    public static byte[] Of(ReadOnlySpan<byte> payload, bool isText)
    {
        var code = payload.Length < Length16 ? (byte)payload.Length : payload.Length <= ushort.MaxValue ? Length16 : Length64;
        var head = HeadOf(code);
        var frame = new byte[head + payload.Length];
        frame[0] = (byte)(Final | (isText ? Text : Binary));
        frame[1] = code;
        if (code is Length16) BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(2), (ushort)payload.Length);
        else if (code is Length64) BinaryPrimitives.WriteUInt64BigEndian(frame.AsSpan(2), (ulong)payload.Length);
        payload.CopyTo(frame.AsSpan(head));
        return frame;
    }

    /// <summary>Bytes of a message that a frame carries; none where it is a control frame.</summary>
    public static int DataIn(ReadOnlySpan<byte> frame) => (frame[0] & Control) != 0 ? 0 : frame.Length - HeadOf(frame[1] & Length);

    private static int HeadOf(int code) => code switch { Length16 => 4, Length64 => 10, _ => 2 };
}
