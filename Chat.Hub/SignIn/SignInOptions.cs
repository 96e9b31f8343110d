using System.ComponentModel.DataAnnotations;

namespace Chat.Hub.SignIn;

/// <summary>Who comes in, and how: section <c>Chat:SignIn</c>.</summary>
public sealed class SignInOptions : IValidatableObject
{
    /// <summary>Whether one can come in by a name only. Null: in the environment Development only.</summary>
    public bool? GuestsAllowed { get; set; }

    /// <summary>Whether anybody can make an account.</summary>
    public bool AccountsOpen { get; set; } = true;

    /// <summary>Minutes that an access token is good for: how long a client may go on asking without renewing its sign-in.</summary>
    [Range(1, 525_600)]
    public int TokenMinutes { get; set; } = 15;

    /// <summary>Hours since its last use after which a session ends. An open connection is a use.</summary>
    [Range(1, 87_600)]
    public int SessionHours { get; set; } = 24;

    /// <summary>
    /// The key that signs tokens: at least 32 bytes in base64. Null: one is made at the first start and kept beside the
    /// store, readable by the owner only; with PostgreSQL, which nodes share, null is an error.
    /// </summary>
    public string? SigningKey { get; set; }

    /// <summary>Whose tokens are taken besides Chat's own: those of the product that Chat is part of.</summary>
    public ExternalTokens External { get; set; } = new();

    /// <summary>Sign-ins and new accounts a minute from one address; past it 429.</summary>
    [Range(1, 1_000_000)]
    public int AttemptsPerAddress { get; set; } = 120;

    /// <summary>Tries of a password a minute for one account from one address; past it 429, while other addresses still get in.</summary>
    [Range(1, 1_000_000)]
    public int PasswordTries { get; set; } = 5;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) => External.Mistakes();
}
