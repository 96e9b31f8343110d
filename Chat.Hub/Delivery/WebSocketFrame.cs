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

    /// <summary>Bytes before the payload, at most.</summary>
    public const int LongestHead = 10;

    /// <summary>A message in one frame.</summary>
    public static byte[] Of(ReadOnlySpan<byte> payload, bool isText)
    {
        var frame = new byte[HeadOf(CodeOf(payload.Length)) + payload.Length];
        payload.CopyTo(frame.AsSpan(frame.Length - payload.Length));
        Complete(frame, payload.Length, isText);
        return frame;
    }

    /// <summary>Puts the head before a payload, and answers both.</summary>
    /// <param name="bytes">That end with the payload, and have room for the head before it.</param>
    /// <param name="payload">How many bytes it has.</param>
    /// <param name="isText">Whether it is text.</param>
    public static ReadOnlySpan<byte> Complete(Span<byte> bytes, int payload, bool isText)
    {
        var code = CodeOf(payload);
        var frame = bytes[(bytes.Length - payload - HeadOf(code))..];
        frame[0] = (byte)(Final | (isText ? Text : Binary));
        frame[1] = code;
        if (code is Length16) BinaryPrimitives.WriteUInt16BigEndian(frame[2..], (ushort)payload);
        else if (code is Length64) BinaryPrimitives.WriteUInt64BigEndian(frame[2..], (ulong)payload);
        return frame;
    }

    /// <summary>Bytes of a message that a frame carries; none where it is a control frame.</summary>
    public static int DataIn(ReadOnlySpan<byte> frame) => (frame[0] & Control) != 0 ? 0 : frame.Length - HeadOf(frame[1] & Length);

    private static byte CodeOf(int payload) => payload < Length16 ? (byte)payload : payload <= ushort.MaxValue ? Length16 : Length64;

    private static int HeadOf(int code) => code switch { Length16 => 4, Length64 => 10, _ => 2 };
}
