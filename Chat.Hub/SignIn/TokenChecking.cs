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
internal sealed class TokenChecking(SigningKey key, TimeProvider clock) : IConfigureNamedOptions<JwtBearerOptions>
{
    public const string Scheme = "Chat";

    public static AuthorizationPolicy Policy { get; } =
        new AuthorizationPolicyBuilder(Scheme).RequireAuthenticatedUser().RequireClaim(ChatClaims.UserId).Build();

    public void Configure(JwtBearerOptions options)
    {
    }

    public void Configure(string? name, JwtBearerOptions options)
    {
        if (name != Scheme) return;
        options.MapInboundClaims = false;
        options.TimeProvider = clock;
        options.TokenValidationParameters = new TokenValidationParameters
        {
            ValidIssuer = TokenIssuer.Issuer,
            ValidAudience = TokenIssuer.Issuer,
            IssuerSigningKey = key.Security,
            ValidAlgorithms = [SecurityAlgorithms.HmacSha256],
            ClockSkew = TimeSpan.FromSeconds(5),
            LifetimeValidator = (notBefore, expires, _, parameters) =>
                expires > clock.GetUtcNow().UtcDateTime - parameters.ClockSkew && !(notBefore > clock.GetUtcNow().UtcDateTime + parameters.ClockSkew),
        };
        options.Events = new JwtBearerEvents { OnMessageReceived = TakeFromQuery, OnChallenge = Refuse };
    }

    // Browsers cannot set a header on a WebSocket. Only for the hub: elsewhere a token in an address would end up in logs.
    private static Task TakeFromQuery(MessageReceivedContext context)
    {
        if (context.HttpContext.GetEndpoint()?.Metadata.GetMetadata<HubMetadata>()?.HubType == typeof(ChatHub)
            && context.Request.Query["access_token"] is [{ Length: > 0 } token])
            context.Token = token;
        return Task.CompletedTask;
    }

    private static Task Refuse(JwtBearerChallengeContext context)
    {
        context.HandleResponse();
        context.Response.Headers.WWWAuthenticate = "Bearer";
        var why = context.AuthenticateFailure switch
        {
            null => "Sign in first.",
            SecurityTokenInvalidLifetimeException or SecurityTokenExpiredException => "The sign-in has run out.",
            _ => "The access token is not valid.",
        };
        return HttpReplies.Write(context.HttpContext, StatusCodes.Status401Unauthorized, Refusal.Of(ErrorCode.Unauthenticated, why));
    }
}
