using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Chat.Contracts;

namespace Chat.Hub.Rooms;

/// <summary>What was asked for under a client's id, in 16 bytes: two requests that ask for the same have the same.</summary>
internal readonly record struct Fingerprint(UInt128 Value)
{
    public static Fingerprint Of(SendMessage request) => Of(
        request.RoomId, request.Text, request.ReplyToSeq, request.ThreadSeq,
        request.Forward is { } place ? (place.RoomId, place.Seq) : null, request.AttachmentIds);

    /// <summary>Of a message as it was posted, before anything was edited.</summary>
    public static Fingerprint Of(Message message) => Of(
        message.RoomId, message.ForwardedFrom is null ? message.Text : "", message.ReplyToSeq, message.ThreadSeq,
        message.ForwardedFrom is { } place ? (place.RoomId, place.Seq) : null,
        message.ForwardedFrom is null ? message.Attachments.Select(attachment => attachment.Id) : []);

    public static Fingerprint FromBytes(ReadOnlySpan<byte> bytes) => new(BinaryPrimitives.ReadUInt128BigEndian(bytes));

    public byte[] ToBytes()
    {
        var bytes = new byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, Value);
        return bytes;
    }

    // What came later than room, text and reply stands at the end, and only where it is: stored ones must still match.
    private static Fingerprint Of(Guid roomId, string text, long? replyToSeq, long? threadSeq, (Guid RoomId, long Seq)? forward, IEnumerable<Guid> files)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        var content = new byte[24 + length];
        roomId.TryWriteBytes(content, bigEndian: true, out _);
        BinaryPrimitives.WriteInt64BigEndian(content.AsSpan(16), replyToSeq ?? 0);
        Encoding.UTF8.GetBytes(text, content.AsSpan(24));
        if (threadSeq is { } thread) content = [.. content, .. Encoding.UTF8.GetBytes($"\0thread {thread}")];
        if (forward is { } place) content = [.. content, .. Encoding.UTF8.GetBytes($"\0forward {place.RoomId:N} {place.Seq}")];
        foreach (var file in files) content = [.. content, .. Encoding.UTF8.GetBytes($"\0file {file:N}")];
        return FromBytes(SHA256.HashData(content).AsSpan(0, 16));
    }
}
