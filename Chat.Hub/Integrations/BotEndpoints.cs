using Chat.Contracts;
using Chat.Hub.Operations;
using Chat.Hub.SignIn;

namespace Chat.Hub.Integrations;

/// <summary>Bots, over HTTP: for administrators, and for the bots to sign in.</summary>
internal static class BotEndpoints
{
    public static void MapBots(this IEndpointRouteBuilder routes)
    {
        routes.MapPost(ChatPaths.BotSignIn, (HttpContext http, Bots bots, SignInLimiter limiter) =>
                HttpReplies.Read<BotSignIn, SignedIn>(http, request =>
                    limiter.Attempt(http.Connection.RemoteIpAddress) is { } wait ? Task.FromResult<Reply<SignedIn>>(wait) : bots.SignIn(request, Origin.Of(http), http.RequestAborted)))
            .Takes<BotSignIn>().Answers<Reply<SignedIn>>("Signs a bot in by its token.");

        var admin = routes.MapGroup("").RequireAuthorization(TokenChecking.Policy);
        admin.MapGet(ChatPaths.Bots, (HttpContext http, Bots bots) => HttpReplies.Of(() => bots.List(http.Speaker(), http.RequestAborted)))
            .Answers<Reply<BotList>>("The bots of the server; for administrators.");
        admin.MapPost(ChatPaths.Bots, (HttpContext http, Bots bots) =>
                HttpReplies.Read<CreateBot, BotToken>(http, request => bots.Create(http.Speaker(), request, http.RequestAborted)))
            .Takes<CreateBot>().Answers<Reply<BotToken>>("Makes a bot; for administrators. The token is told once.");
        admin.MapPost(ChatPaths.BotToken, (Guid botId, HttpContext http, Bots bots) => HttpReplies.Of(() => bots.Renew(http.Speaker(), botId, http.RequestAborted)))
            .Answers<Reply<BotToken>>("Gives a bot another token, and closes what the one before opened; for administrators.");
        admin.MapDelete(ChatPaths.Bot, (Guid botId, HttpContext http, Bots bots) => HttpReplies.Of(() => bots.Delete(http.Speaker(), botId, http.RequestAborted)))
            .Answers<Reply<Bot>>("Ends a bot and closes its connections; for administrators.");
    }
}
