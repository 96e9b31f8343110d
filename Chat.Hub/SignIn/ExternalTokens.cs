using System.ComponentModel.DataAnnotations;

namespace Chat.Hub.SignIn;

/// <summary>
/// JSON Web Tokens of the embedding product, exchanged for Chat's own at sign-in: section <c>Chat:SignIn:External</c>. Off
/// unless <see cref="Authority"/> or <see cref="SigningKey"/> is given.
/// </summary>
public sealed class ExternalTokens
{
    /// <summary>The OpenID Connect issuer whose published keys sign the tokens: https://login.example.</summary>
    public string? Authority { get; set; }

    /// <summary>Instead: the key that signs them with HMAC; at least 32 bytes in base64.</summary>
    public string? SigningKey { get; set; }

    /// <summary>The issuer (claim <c>iss</c>) that the tokens must have. With an authority its own by default; required with a key.</summary>
    public string? Issuer { get; set; }

    /// <summary>The audience (claim <c>aud</c>) that the tokens must have: without it a token made for another service would do here.</summary>
    public string? Audience { get; set; }

    /// <summary>The claim that holds the name people see.</summary>
    public string NameClaim { get; set; } = "name";

    /// <summary>Whether such tokens are taken.</summary>
    public bool IsOn => Authority is not null || SigningKey is not null;

    internal IEnumerable<ValidationResult> Mistakes()
    {
        if (!IsOn) yield break;
        if (Authority is not null && SigningKey is not null) yield return Mistake(nameof(Authority), "give this or a SigningKey, not both.");
        if (string.IsNullOrEmpty(Audience)) yield return Mistake(nameof(Audience), "is required: without it a token made for another service would do here.");
        if (SigningKey is null) yield break;
        if (string.IsNullOrEmpty(Issuer)) yield return Mistake(nameof(Issuer), "is required with a SigningKey.");
        if (!SignIn.SigningKey.IsStrong(SigningKey, out _)) yield return Mistake(nameof(SigningKey), $"must be at least {SignIn.SigningKey.LeastBytes} bytes in base64.");
    }

    private static ValidationResult Mistake(string member, string rule) => new(rule, [$"External:{member}"]);
}
