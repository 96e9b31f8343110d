using System.ComponentModel.DataAnnotations;

namespace Chat.Hub.SignIn;

/// <summary>
/// JSON Web Tokens of the embedding product, exchanged for Chat's own at sign-in: section <c>Chat:SignIn:External</c>. Off
/// unless <see cref="Authority"/> or <see cref="SigningKey"/> is given.
/// </summary>
public sealed class ExternalTokens : IValidatableObject
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
    [Required]
    public string NameClaim { get; set; } = "name";

    /// <summary>Whether such tokens are taken.</summary>
    public bool IsOn => Authority is not null || SigningKey is not null;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!IsOn) yield break;
        if (Authority is not null && SigningKey is not null)
            yield return new ValidationResult("Chat:SignIn:External: give Authority or SigningKey, not both.");
        if (string.IsNullOrEmpty(Audience))
            yield return new ValidationResult("Chat:SignIn:External:Audience is required: without it a token made for another service would do here.");
        if (SigningKey is not null && string.IsNullOrEmpty(Issuer))
            yield return new ValidationResult("Chat:SignIn:External:Issuer is required with a SigningKey.");
        if (SigningKey is not null && !SignIn.SigningKey.IsStrong(SigningKey, out _))
            yield return new ValidationResult($"Chat:SignIn:External:SigningKey must be at least {SignIn.SigningKey.LeastBytes} bytes in base64.");
    }
}
