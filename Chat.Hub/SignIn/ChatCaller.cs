using System.Collections.Frozen;
using System.Security.Claims;
using Chat.Hub.Rooms;

namespace Chat.Hub.SignIn;

/// <summary>
/// Whoever an access token was given to: what the token says of it, without the token. It lives as long as a connection does,
/// and is asked with every call.
/// </summary>
internal sealed class ChatCaller : ClaimsPrincipal
{
    // What a token says of itself (RFC 7519, section 4.1); all of that is checked by now.
    private static readonly FrozenSet<string> OfToken = FrozenSet.Create("iss", "aud", "exp", "nbf", "iat", "jti");

    private Speaker? speaker;

    /// <param name="claims">Of a token that was checked.</param>
    public ChatCaller(IEnumerable<Claim> claims) =>
        AddIdentity(new ClaimsIdentity(
            claims.Where(claim => !OfToken.Contains(claim.Type)).Select(Own).ToArray(), TokenChecking.Scheme, ChatClaims.Name, null));

    public Speaker Speaker => speaker ??= ChatClaims.Read(this);

    // Names of claims are read anew with each token, and ours are few.
    private static Claim Own(Claim claim) => new(string.IsInterned(claim.Type) ?? claim.Type, claim.Value, claim.ValueType, TokenIssuer.Issuer);
}
