using System.Security.Claims;
using Chat.Contracts;
using Chat.Contracts.Wire;
using Chat.Hub.Operations;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Chat.Hub.SignIn;

/// <summary>Makes access tokens: JSON Web Tokens (RFC 7519), HMAC-SHA256.</summary>
internal sealed class TokenIssuer(SigningKey key, IOptions<SignInOptions> options, ChatClock clock)
{
    public const string Issuer = "chat";

    private readonly JsonWebTokenHandler handler = new() { SetDefaultTimesOnTokenCreation = false };

    /// <summary>A token for somebody.</summary>
    /// <param name="user">Who.</param>
    /// <param name="sessionId">Over which sign-in.</param>
    /// <param name="refreshToken">What renews it; empty where nothing does.</param>
    /// <param name="life">How long it is good for; null for as long as usual.</param>
    /// <param name="more">What else it says.</param>
    public SignedIn Issue(User user, Guid sessionId, string refreshToken, TimeSpan? life = null, IEnumerable<Claim>? more = null)
    {
        var now = clock.Now;
        var expires = DateTimeOffset.FromUnixTimeSeconds((now + (life ?? TimeSpan.FromMinutes(options.Value.TokenMinutes))).ToUnixTimeSeconds());
        var token = handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Issuer,
            Audience = Issuer,
            IssuedAt = now.UtcDateTime,
            Expires = expires.UtcDateTime,
            SigningCredentials = new SigningCredentials(key.Security, SecurityAlgorithms.HmacSha256),
            Subject = new ClaimsIdentity(
            [
                new Claim(ChatClaims.UserId, user.Id.ToString()),
                new Claim(ChatClaims.Name, user.Name),
                new Claim(ChatClaims.Kind, WireEnum<UserKind>.ToWire(user.Kind)),
                new Claim(ChatClaims.SessionId, sessionId.ToString()),
                .. user.IsAdministrator ? [new Claim(ChatClaims.IsAdministrator, "true", ClaimValueTypes.Boolean)] : (Claim[])[],
                .. more ?? [],
            ]),
        });
        return new SignedIn { User = user, AccessToken = token, ExpiresAt = expires, SessionId = sessionId, RefreshToken = refreshToken };
    }
}
