using System.Security.Cryptography;

namespace Chat.Hub.Rooms;

/// <summary>Direct rooms have the id of their people, so that two who open one at once open the same, on whatever node.</summary>
internal static class DirectRooms
{
    public const int MostPeople = 10;
    public const int Version = 8;

    /// <summary>The people in the order that gives the id.</summary>
    public static IReadOnlyList<Guid> Between(IEnumerable<Guid> users) => [.. users.Distinct().Order()];

    /// <summary>A UUID of version 8 (RFC 9562, section 5.8) made of SHA-256 over the ids.</summary>
    public static Guid IdOf(IReadOnlyList<Guid> between)
    {
        var content = new byte[16 + (between.Count * 16)];
        "chat/direct room"u8.CopyTo(content);
        for (var i = 0; i < between.Count; i++) between[i].TryWriteBytes(content.AsSpan(16 * (i + 1)), bigEndian: true, out _);
        var id = SHA256.HashData(content).AsSpan(0, 16).ToArray();
        id[6] = (byte)((id[6] & 0x0F) | 0x80);
        id[8] = (byte)((id[8] & 0x3F) | 0x80);
        return new Guid(id, bigEndian: true);
    }
}
