using System.Security.Claims;
using Chat.Contracts;
using Chat.Hub.SignIn;
using Chat.Hub.Storage;

namespace Chat.Hub.Integrations;

/// <summary>What an access token says of a bot, beside what all tokens say.</summary>
internal static class BotClaims
{
    private const string Scopes = "scopes";
    private const string Token = "bot_token";

    public static IEnumerable<Claim> Of(StoredBot bot) => [new(Scopes, BotScopeNames.Write(bot.Bot.Scopes)), new(Token, bot.TokenId.ToString())];

    /// <summary>The bot's token that this one was given for; null where it is no bot's.</summary>
    public static Guid? TokenOf(ClaimsPrincipal caller) =>
        caller is not ChatCaller { Speaker.Kind: not UserKind.Bot } && Guid.TryParse(caller.FindFirstValue(Token), out var id) ? id : null;

    public static IReadOnlyList<BotScope> ScopesOf(ClaimsPrincipal caller) => BotScopeNames.Read(caller.FindFirstValue(Scopes) ?? "");
}
