using Chat.Contracts;
using Chat.Hub.Operations;
using Chat.Hub.Rooms;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;

namespace Chat.Hub.SignIn;

/// <summary>What access tokens are checked for, Chat's own and those of others, under schemes of their own beside whatever the application uses.</summary>
internal sealed class TokenChecking(SigningKey key, IOptions<SignInOptions> signIn, ChatClock time, TimeProvider clock) : IConfigureNamedOptions<JwtBearerOptions>
{
    public const string Scheme = "Chat";
    public const string ExternalScheme = "Chat.External";

    private TokenValidationParameters? own;

    public static AuthorizationPolicy Policy { get; } =
        new AuthorizationPolicyBuilder(Scheme).RequireAuthenticatedUser().RequireClaim(ChatClaims.UserId).Build();

    public static AuthorizationPolicy ExternalPolicy { get; } =
        new AuthorizationPolicyBuilder(ExternalScheme).RequireAuthenticatedUser().RequireClaim(ChatClaims.UserId).Build();

    /// <summary>Of Chat's own.</summary>
    public TokenValidationParameters Own => own ??= new()
    {
        ValidIssuer = TokenIssuer.Issuer,
        ValidAudience = TokenIssuer.Issuer,
        IssuerSigningKey = key.Security,
        ValidAlgorithms = [SecurityAlgorithms.HmacSha256],
        ClockSkew = TimeSpan.FromSeconds(5),
        LifetimeValidator = IsAlive,
    };

    public void Configure(JwtBearerOptions options)
    {
    }

    public void Configure(string? name, JwtBearerOptions options)
    {
        if (name is not ExternalScheme) return;
        options.MapInboundClaims = false;
        options.TimeProvider = clock;
        options.TokenValidationParameters = External(signIn.Value.External, options);
        options.TokenValidationParameters.LifetimeValidator = IsAlive;
        options.Events = new JwtBearerEvents
        {
            OnChallenge = context =>
            {
                context.HandleResponse();
                return Refuse(context.HttpContext, context.AuthenticateFailure);
            },
        };
    }

    /// <summary>Tells somebody whose token is not good, or missing, why.</summary>
    public static Task Refuse(HttpContext http, Exception? failure)
    {
        http.Response.Headers.WWWAuthenticate = "Bearer";
        var why = failure switch
        {
            null => "Sign in first.",
            SecurityTokenInvalidLifetimeException or SecurityTokenExpiredException => "The sign-in has run out.",
            SessionEndedException => "This sign-in has ended. Sign in again.",
            _ => "The access token is not valid.",
        };
        return HttpReplies.Write(http, StatusCodes.Status401Unauthorized, Refusal.Of(ErrorCode.Unauthenticated, why));
    }

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
}

/// <summary>The token is good, its session is not.</summary>
internal sealed class SessionEndedException : Exception;
