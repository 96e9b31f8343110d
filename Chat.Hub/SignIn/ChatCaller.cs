using System.Security.Claims;
using Chat.Hub.Rooms;

namespace Chat.Hub.SignIn;

/// <summary>
/// Whoever an access token was given to: what the token says, without the token. It lives as long as a connection does, and
/// is asked with every call.
/// </summary>
internal sealed class ChatCaller : ClaimsPrincipal
{
    private Speaker? speaker;

    /// <param name="checkedUser">As the token's checking left it.</param>
    public ChatCaller(ClaimsPrincipal checkedUser) =>
        AddIdentity(new ClaimsIdentity(
            checkedUser.Claims.Select(claim => new Claim(claim.Type, claim.Value, claim.ValueType, claim.Issuer)), checkedUser.Identity?.AuthenticationType, ChatClaims.Name, null));

    public Speaker Speaker => speaker ??= ChatClaims.Read(this);
}
