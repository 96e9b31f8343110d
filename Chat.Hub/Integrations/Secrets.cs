using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Chat.Hub.Integrations;

/// <summary>Secrets of programs: 32 random bytes, told once.</summary>
internal static class Secrets
{
    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    // Nothing that could be guessed, so that one round of SHA-256 is as good as many.
    public static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));

    /// <summary>Takes as long whatever is wrong with it.</summary>
    public static bool Fits(string secret, byte[] hash) => CryptographicOperations.FixedTimeEquals(Hash(secret), hash);
}
