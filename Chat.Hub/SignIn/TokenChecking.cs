using Chat.Contracts;
using Chat.Hub.Hubs;
using Chat.Hub.Operations;
using Chat.Hub.Rooms;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;

namespace Chat.Hub.SignIn;

/// <summary>Checks access tokens, under a scheme of its own beside whatever the application uses.</summary>
internal sealed class TokenChecking(
    SigningKey key, LiveSessions sessions, SessionUses uses, IOptions<SignInOptions> signIn, ChatClock time, TimeProvider clock)
    : IConfigureNamedOptions<JwtBearerOptions>
{
    public const string Scheme = "Chat";
    public const string ExternalScheme = "Chat.External";

    public static AuthorizationPolicy Policy { get; } =
        new AuthorizationPolicyBuilder(Scheme).RequireAuthenticatedUser().RequireClaim(ChatClaims.UserId).Build();

    public static AuthorizationPolicy ExternalPolicy { get; } =
        new AuthorizationPolicyBuilder(ExternalScheme).RequireAuthenticatedUser().RequireClaim(ChatClaims.UserId).Build();

    public void Configure(JwtBearerOptions options)
    {
    }

    public void Configure(string? name, JwtBearerOptions options)
    {
        if (name is not (Scheme or ExternalScheme)) return;
        options.MapInboundClaims = false;
        // Nobody asks for it again, and a connection would keep it.
        options.SaveToken = false;
        options.TimeProvider = clock;
        options.TokenValidationParameters = name is Scheme ? Own() : External(signIn.Value.External, options);
        options.TokenValidationParameters.LifetimeValidator = IsAlive;
        options.Events = name is Scheme
            ? new JwtBearerEvents { OnMessageReceived = TakeFromQuery, OnTokenValidated = LookForSession, OnChallenge = Refuse }
            : new JwtBearerEvents { OnChallenge = Refuse };
    }

    private TokenValidationParameters Own() => new()
    {
        ValidIssuer = TokenIssuer.Issuer,
        ValidAudience = TokenIssuer.Issuer,
        IssuerSigningKey = key.Security,
        ValidAlgorithms = [SecurityAlgorithms.HmacSha256],
        ClockSkew = TimeSpan.FromSeconds(5),
    };

    private static TokenValidationParameters External(ExternalTokens external, JwtBearerOptions options)
    {
        options.Authority = external.Authority;
        var parameters = new TokenValidationParameters { ValidIssuer = external.Issuer, ValidAudience = external.Audience };
        if (external.SigningKey is not { } base64 || !SigningKey.IsStrong(base64, out var bytes)) return parameters;
        parameters.IssuerSigningKey = new SymmetricSecurityKey(bytes);
        parameters.ValidAlgorithms = [SecurityAlgorithms.HmacSha256, SecurityAlgorithms.HmacSha384, SecurityAlgorithms.HmacSha512];
        return parameters;
    }

    private bool IsAlive(DateTime? notBefore, DateTime? expires, SecurityToken token, TokenValidationParameters parameters)
    {
        var now = time.Now.UtcDateTime;
        return expires > now - parameters.ClockSkew && !(notBefore > now + parameters.ClockSkew);
    }

    // Browsers cannot set a header on a WebSocket. Only for the hub: elsewhere a token in an address would end up in logs.
    private static Task TakeFromQuery(MessageReceivedContext context)
    {
        if (context.HttpContext.GetEndpoint()?.Metadata.GetMetadata<HubMetadata>()?.HubType == typeof(ChatHub)
            && context.Request.Query["access_token"] is [{ Length: > 0 } token])
            context.Token = token;
        return Task.CompletedTask;
    }

    private async Task LookForSession(TokenValidatedContext context)
    {
        if (ChatClaims.SessionOf(context.Principal) is not { } sessionId || !await sessions.IsAlive(sessionId, context.HttpContext.RequestAborted))
        {
            context.Fail(new SessionEndedException());
            return;
        }
        uses.Note(sessionId);
        context.Principal = new ChatCaller(context.Principal!);
    }

    private static Task Refuse(JwtBearerChallengeContext context)
    {
        context.HandleResponse();
        context.Response.Headers.WWWAuthenticate = "Bearer";
        var why = context.AuthenticateFailure switch
        {
            null => "Sign in first.",
            SecurityTokenInvalidLifetimeException or SecurityTokenExpiredException => "The sign-in has run out.",
            SessionEndedException => "This sign-in has ended. Sign in again.",
            _ => "The access token is not valid.",
        };
        return HttpReplies.Write(context.HttpContext, StatusCodes.Status401Unauthorized, Refusal.Of(ErrorCode.Unauthenticated, why));
    }

    /// <summary>The token is good, its session is not.</summary>
    private sealed class SessionEndedException : Exception;
}
