using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace Chat.Hub.SignIn;

/// <summary>The key that signs and checks access tokens, and seals refresh tokens.</summary>
internal sealed class SigningKey(byte[] key)
{
    public const int LeastBytes = 32;

    public SymmetricSecurityKey Security { get; } = new(key);

    /// <summary>Seals refresh tokens: another key, so that neither kind of token can be made into the other.</summary>
    public byte[] Refreshing { get; } = HKDF.DeriveKey(HashAlgorithmName.SHA256, key, 32, info: "refresh tokens"u8.ToArray());

    /// <exception cref="InvalidOperationException">The given key is too weak, with the name of its setting.</exception>
    public static SigningKey From(string? base64, Func<string> keptIn)
    {
        if (base64 is null) return new SigningKey(Kept(keptIn()));
        return IsStrong(base64, out var key)
            ? new SigningKey(key)
            : throw new InvalidOperationException($"Chat:SignIn:SigningKey must be at least {LeastBytes} random bytes in base64 (openssl rand -base64 48).");
    }

    /// <summary>Whether the text is base64 of enough bytes.</summary>
    public static bool IsStrong(string base64, out byte[] key)
    {
        var bytes = new byte[base64.Length];
        var isBase64 = Convert.TryFromBase64String(base64, bytes, out var length);
        key = bytes[..length];
        return isBase64 && length >= LeastBytes;
    }

    private static byte[] Kept(string file)
    {
        if (File.Exists(file))
        {
            var kept = File.ReadAllBytes(file);
            return kept.Length >= LeastBytes ? kept : throw new InvalidOperationException($"{file} is not a signing key: it has {kept.Length} bytes. Delete it, and everybody signs in again.");
        }
        var key = RandomNumberGenerator.GetBytes(48);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var stream = new FileStream(file, options);
        stream.Write(key);
        return key;
    }
}
