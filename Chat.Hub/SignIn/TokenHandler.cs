using System.Text.Encodings.Web;
using Chat.Hub.Hubs;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Chat.Hub.SignIn;

/// <summary>
/// Checks Chat's own access tokens, with each request. What the framework's handler for such tokens makes of one beside
/// the check (copies of its settings, contexts for events, claims of claims) would be a seventh of what a coming connection allocates.
/// </summary>
internal sealed class TokenHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder,
    TokenChecking checking, LiveSessions sessions, SessionUses uses)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    private const string Bearer = "Bearer ";

    private static readonly JsonWebTokenHandler Tokens = new() { MapInboundClaims = false };

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (TokenOf(Request) is not { Length: > 0 } token) return AuthenticateResult.NoResult();
        var found = await Tokens.ValidateTokenAsync(token, checking.Own);
        if (!found.IsValid) return AuthenticateResult.Fail(found.Exception);
        var claims = (JsonWebToken)found.SecurityToken;
        if (!claims.TryGetPayloadValue<string>(ChatClaims.SessionId, out var text) || !Guid.TryParse(text, out var sessionId)
            || !await sessions.IsAlive(sessionId, Context.RequestAborted))
            return AuthenticateResult.Fail(new SessionEndedException());
        uses.Note(sessionId);
        return AuthenticateResult.Success(new AuthenticationTicket(new ChatCaller(claims.Claims), Scheme.Name));
    }

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties) =>
        await TokenChecking.Refuse(Context, (await HandleAuthenticateOnceSafeAsync()).Failure);

    // Browsers cannot set a header on a WebSocket. Only for the hub: elsewhere a token in an address would end up in logs.
    private static string? TokenOf(HttpRequest request)
    {
        if (request.HttpContext.GetEndpoint()?.Metadata.GetMetadata<HubMetadata>()?.HubType == typeof(ChatHub)
            && request.Query["access_token"] is [{ Length: > 0 } token])
            return token;
        return request.Headers.Authorization is [{ } header] && header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)
            ? header[Bearer.Length..].Trim()
            : null;
    }
}
