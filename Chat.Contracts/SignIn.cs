using MessagePack;

namespace Chat.Contracts;

/// <summary>Signs in by a name only. A taken name gets a suffix: "Ann" becomes "Ann 2".</summary>
[MessagePackObject]
public sealed record GuestSignIn
{
    /// <summary>1 to 40 characters.</summary>
    [Key("name")]
    public required string Name { get; init; }
}

/// <summary>Signs in to an account.</summary>
[MessagePackObject]
public sealed record AccountSignIn
{
    /// <summary>The account's name, in any case.</summary>
    [Key("name")]
    public required string Name { get; init; }

    /// <summary>Its password.</summary>
    [Key("password")]
    public required string Password { get; init; }
}

/// <summary>Makes an account.</summary>
[MessagePackObject]
public sealed record CreateAccount
{
    /// <summary>1 to 40 characters, not taken.</summary>
    [Key("name")]
    public required string Name { get; init; }

    /// <summary>8 to 256 characters.</summary>
    [Key("password")]
    public required string Password { get; init; }
}

/// <summary>A sign-in that succeeded.</summary>
[MessagePackObject]
public sealed record SignedIn
{
    /// <summary>Who.</summary>
    [Key("user")]
    public required User User { get; init; }

    /// <summary>The bearer token: in the header <c>Authorization</c>, or in the query <c>access_token</c> where a WebSocket cannot set one.</summary>
    [Key("accessToken")]
    public required string AccessToken { get; init; }

    /// <summary>When the access token runs out. Renew before; a connection that is open stays open.</summary>
    [Key("expiresAt")]
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>The session: one sign-in on one device.</summary>
    [Key("sessionId")]
    public required Guid SessionId { get; init; }

    /// <summary>
    /// What <see cref="ChatPaths.RenewSignIn"/> takes, once: its answer has the next one. One that was used before revokes
    /// the session. Empty for bots, whose token is their own.
    /// </summary>
    [Key("refreshToken")]
    public required string RefreshToken { get; init; }
}

/// <summary>Asks for a new access token.</summary>
[MessagePackObject]
public sealed record RenewSignIn
{
    /// <summary>The <see cref="SignedIn.RefreshToken"/> of the last answer.</summary>
    [Key("refreshToken")]
    public required string RefreshToken { get; init; }
}

/// <summary>Signs a bot in.</summary>
[MessagePackObject]
public sealed record BotSignIn
{
    /// <summary>The bot's token.</summary>
    [Key("token")]
    public required string Token { get; init; }
}

/// <summary>What a sign-in page must know.</summary>
[MessagePackObject]
public sealed record ServerInfo
{
    /// <summary>The contract version the server speaks.</summary>
    [Key("contractVersion")]
    public required int ContractVersion { get; init; }

    /// <summary>Whether one can come in by a name only.</summary>
    [Key("guestsAllowed")]
    public required bool GuestsAllowed { get; init; }

    /// <summary>Whether one can make an account.</summary>
    [Key("accountsOpen")]
    public required bool AccountsOpen { get; init; }
}
