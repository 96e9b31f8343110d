using System.Security.Claims;
using Chat.Contracts;
using Chat.Hub.Operations;
using Chat.Hub.Rooms;
using Microsoft.Extensions.Options;

namespace Chat.Hub.SignIn;

/// <summary>Signing in, over HTTP.</summary>
internal static class SignInEndpoints
{
    public static void MapSignIn(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(ChatPaths.Info, (IOptions<SignInOptions> options, IHostEnvironment environment) =>
            HttpReplies.Of<ServerInfo>(new ServerInfo
            {
                ContractVersion = ChatContract.Version,
                GuestsAllowed = GuestsAllowed(options.Value, environment),
                AccountsOpen = options.Value.AccountsOpen,
            }));

        routes.MapPost(ChatPaths.GuestSignIn, async (HttpContext http, Accounts accounts, SignInLimiter limiter, IOptions<SignInOptions> options, IHostEnvironment environment) =>
            await HttpReplies.Read<GuestSignIn, SignedIn>(http, request =>
                !GuestsAllowed(options.Value, environment) ? Refused(Refusal.Of(ErrorCode.Forbidden, "Guests are not allowed here. Sign in with an account."))
                : limiter.Attempt(http.Connection.RemoteIpAddress) is { } wait ? Refused(wait)
                : accounts.AddGuest(request.Name, Origin.Of(http), http.RequestAborted)));

        routes.MapPost(ChatPaths.Accounts, async (HttpContext http, Accounts accounts, SignInLimiter limiter, IOptions<SignInOptions> options) =>
            await HttpReplies.Read<CreateAccount, SignedIn>(http, request =>
                !options.Value.AccountsOpen ? Refused(Refusal.Of(ErrorCode.Forbidden, "Accounts are made by an administrator here."))
                : limiter.Attempt(http.Connection.RemoteIpAddress) is { } wait ? Refused(wait)
                : accounts.AddAccount(request, Origin.Of(http), http.RequestAborted)));

        routes.MapPost(ChatPaths.AccountSignIn, async (HttpContext http, Accounts accounts, SignInLimiter limiter) =>
            await HttpReplies.Read<AccountSignIn, SignedIn>(http, request =>
            {
                var from = http.Connection.RemoteIpAddress;
                return (limiter.Attempt(from) ?? limiter.Password(request.Name, from)) is { } wait
                    ? Refused(wait)
                    : accounts.SignIn(request, Origin.Of(http), http.RequestAborted);
            }));

        if (routes.ServiceProvider.GetRequiredService<IOptions<SignInOptions>>().Value.External is { IsOn: true } external)
        {
            routes.MapPost(ChatPaths.ExternalSignIn, (HttpContext http, Accounts accounts, SignInLimiter limiter) => HttpReplies.Of(() =>
                    limiter.Attempt(http.Connection.RemoteIpAddress) is { } wait ? Refused(wait)
                    : accounts.Recognise(
                        http.User.FindFirstValue("iss") ?? "", http.User.FindFirstValue(ChatClaims.UserId)!, http.User.FindFirstValue(external.NameClaim), Origin.Of(http), http.RequestAborted)))
                .RequireAuthorization(TokenChecking.ExternalPolicy);
        }

        // Not counted: what this server did not seal is refused before the store is asked.
        routes.MapPost(ChatPaths.RenewSignIn, async (HttpContext http, Sessions sessions) =>
            await HttpReplies.Read<RenewSignIn, SignedIn>(http, request => sessions.Renew(request.RefreshToken, http.RequestAborted)));
    }

    public static bool GuestsAllowed(SignInOptions options, IHostEnvironment environment) =>
        options.GuestsAllowed ?? environment.IsDevelopment();

    private static Task<Reply<SignedIn>> Refused(Error error) => Task.FromResult<Reply<SignedIn>>(error);
}
