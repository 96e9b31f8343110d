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

    public SignedIn Issue(User user, Guid sessionId, string refreshToken)
    {
        var now = clock.Now;
        var expires = DateTimeOffset.FromUnixTimeSeconds(now.AddMinutes(options.Value.TokenMinutes).ToUnixTimeSeconds());
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
            ]),
        });
        return new SignedIn { User = user, AccessToken = token, ExpiresAt = expires, SessionId = sessionId, RefreshToken = refreshToken };
    }
}
