using System.Buffers.Text;
using System.Security.Cryptography;

namespace Chat.Hub.SignIn;

/// <summary>
/// What renews a sign-in, once: the session, 32 secret bytes, and a seal by the server's key, so that one that was used long
/// ago is told from one that somebody made up. The next one follows from this one and the key: whoever asks twice because an
/// answer was lost, or asks in two tabs or on two nodes at once, is answered the same.
/// </summary>
internal sealed class RefreshToken
{
    private const int IdBytes = 16;
    private const int SecretBytes = 32;
    private const int SealBytes = 16;
    private const int AllBytes = IdBytes + SecretBytes + SealBytes;

    private readonly byte[] bytes;

    private RefreshToken(byte[] bytes) => this.bytes = bytes;

    public Guid SessionId => new(bytes.AsSpan(0, IdBytes), bigEndian: true);

    /// <summary>What the store knows of it: SHA-256.</summary>
    public byte[] Hash => SHA256.HashData(bytes);

    /// <summary>The first one of a session.</summary>
    public static RefreshToken First(Guid sessionId, byte[] key) => Sealed(sessionId, RandomNumberGenerator.GetBytes(SecretBytes), key);

    /// <summary>The one that takes the place of this one.</summary>
    public RefreshToken Next(byte[] key) => Sealed(SessionId, HMACSHA256.HashData(key, (byte[])[.. "next"u8, .. bytes]), key);

    /// <summary>A token as a client sent it; null for one that this server did not make.</summary>
    public static RefreshToken? Read(string text, byte[] key)
    {
        if (text.Length != Base64Url.GetEncodedLength(AllBytes) || !Base64Url.IsValid(text)) return null;
        var bytes = Base64Url.DecodeFromChars(text);
        return bytes.Length is AllBytes && CryptographicOperations.FixedTimeEquals(SealOf(bytes.AsSpan(..^SealBytes), key), bytes.AsSpan(^SealBytes..))
            ? new RefreshToken(bytes)
            : null;
    }

    /// <summary>As it goes over the wire.</summary>
    public string Write() => Base64Url.EncodeToString(bytes);

    private static RefreshToken Sealed(Guid sessionId, byte[] secret, byte[] key)
    {
        byte[] content = [.. sessionId.ToByteArray(bigEndian: true), .. secret];
        return new RefreshToken([.. content, .. SealOf(content, key)]);
    }

    private static byte[] SealOf(ReadOnlySpan<byte> content, byte[] key) => HMACSHA256.HashData(key, content)[..SealBytes];
}
