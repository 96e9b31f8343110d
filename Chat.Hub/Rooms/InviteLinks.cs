using System.Buffers.Text;
using System.Security.Cryptography;
using Chat.Contracts;

namespace Chat.Hub.Rooms;

/// <summary>Links that let people in. A code is the link's id and a keyed hash of it: nothing secret is stored, and a repeat makes the same.</summary>
internal static class InviteLinks
{
    private const int Proof = 12;

    public static bool IsGood(InviteLink link, Guid roomId, DateTimeOffset now) =>
        link.RoomId == roomId && link.ExpiresAt > now && !(link.Uses >= link.MaxUses);

    public static string CodeOf(Guid linkId, byte[] key)
    {
        var code = new byte[16 + Proof];
        linkId.TryWriteBytes(code, bigEndian: true, out _);
        ProofOf(linkId, key).CopyTo(code, 16);
        return Base64Url.EncodeToString(code);
    }

    /// <summary>The link that a code names; null for one that was not made here.</summary>
    public static Guid? Read(string code, byte[] key)
    {
        if (code.Length is not 38 || !Base64Url.IsValid(code)) return null;
        var bytes = Base64Url.DecodeFromChars(code);
        if (bytes.Length is not 16 + Proof) return null;
        var id = new Guid(bytes.AsSpan(0, 16), bigEndian: true);
        return CryptographicOperations.FixedTimeEquals(bytes.AsSpan(16), ProofOf(id, key)) ? id : null;
    }

    private static byte[] ProofOf(Guid linkId, byte[] key)
    {
        var content = new byte[32];
        "chat/invite link"u8.CopyTo(content);
        linkId.TryWriteBytes(content.AsSpan(16), bigEndian: true, out _);
        return HMACSHA256.HashData(key, content)[..Proof];
    }
}
