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
                : accounts.AddGuest(request.Name, http.RequestAborted)));

        routes.MapPost(ChatPaths.Accounts, async (HttpContext http, Accounts accounts, SignInLimiter limiter, IOptions<SignInOptions> options) =>
            await HttpReplies.Read<CreateAccount, SignedIn>(http, request =>
                !options.Value.AccountsOpen ? Refused(Refusal.Of(ErrorCode.Forbidden, "Accounts are made by an administrator here."))
                : limiter.Attempt(http.Connection.RemoteIpAddress) is { } wait ? Refused(wait)
                : accounts.AddAccount(request, http.RequestAborted)));

        routes.MapPost(ChatPaths.AccountSignIn, async (HttpContext http, Accounts accounts, SignInLimiter limiter) =>
            await HttpReplies.Read<AccountSignIn, SignedIn>(http, request =>
            {
                var from = http.Connection.RemoteIpAddress;
                return (limiter.Attempt(from) ?? limiter.Password(request.Name, from)) is { } wait
                    ? Refused(wait)
                    : accounts.SignIn(request, http.RequestAborted);
            }));

        if (routes.ServiceProvider.GetRequiredService<IOptions<SignInOptions>>().Value.External is { IsOn: true } external)
        {
            routes.MapPost(ChatPaths.ExternalSignIn, (HttpContext http, Accounts accounts, SignInLimiter limiter) => HttpReplies.Of(() =>
                    limiter.Attempt(http.Connection.RemoteIpAddress) is { } wait ? Refused(wait)
                    : accounts.Recognise(
                        http.User.FindFirstValue("iss") ?? "", http.User.FindFirstValue(ChatClaims.UserId)!, http.User.FindFirstValue(external.NameClaim), http.RequestAborted)))
                .RequireAuthorization(TokenChecking.ExternalPolicy);
        }

        routes.MapPost(ChatPaths.RenewSignIn, (HttpContext http, Accounts accounts) =>
                HttpReplies.Of(() => accounts.Renew(Guid.Parse(http.User.FindFirstValue(ChatClaims.UserId)!), http.RequestAborted)))
            .RequireAuthorization(TokenChecking.Policy);
    }

    public static bool GuestsAllowed(SignInOptions options, IHostEnvironment environment) =>
        options.GuestsAllowed ?? environment.IsDevelopment();

    private static Task<Reply<SignedIn>> Refused(Error error) => Task.FromResult<Reply<SignedIn>>(error);
}
