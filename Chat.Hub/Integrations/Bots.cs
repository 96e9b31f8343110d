using System.Security.Claims;
using Chat.Contracts;
using Chat.Hub.Nodes;
using Chat.Hub.Operations;
using Chat.Hub.Rooms;
using Chat.Hub.SignIn;
using Chat.Hub.Storage;
using Microsoft.Extensions.Options;

namespace Chat.Hub.Integrations;

/// <summary>Bots: administrators make and end them, and they sign in by their tokens.</summary>
internal sealed partial class Bots(
    IBotStore store, IRoomStore users, Sessions sessions, Reach reach, IOptions<BotOptions> options, ChatClock time, ILogger<Bots> logger)
{
    // A name that scanners for secrets can be taught.
    private const string Prefix = "chatbot";

    public async Task<Reply<BotToken>> Create(Speaker who, CreateBot request, CancellationToken cancellation)
    {
        if (Names.CheckUser(request.Name) is { } mistake) return mistake;
        if (request.Scopes.Count is 0) return Refusal.Invalid("scopes", "at least one.");
        if (await Barred(who, cancellation) is { } barred) return barred;
        var now = time.Stored;
        var user = new User { Id = Guid.CreateVersion7(now), Name = request.Name, Kind = UserKind.Bot, CreatedAt = now };
        if (await users.AddUser(user, null, null, cancellation) is not { } added)
            return Refusal.Of(ErrorCode.NameTaken, $"The name \"{request.Name}\" is taken.");
        var bot = new Bot { User = added, Scopes = [.. request.Scopes.Distinct().Order()], CreatedBy = who.UserId, CreatedAt = now };
        LogMade(added.Id, who.UserId);
        return await GiveToken(bot, cancellation);
    }

    public async Task<Reply<BotList>> List(Speaker who, CancellationToken cancellation) =>
        await Barred(who, cancellation) is { } barred ? barred
        : new BotList { Bots = [.. (await store.ListBots(cancellation)).Select(stored => stored.Bot)] };

    /// <summary>Another token. The one before opens nothing any more, and what it opened is closed.</summary>
    public async Task<Reply<BotToken>> Renew(Speaker who, Guid userId, CancellationToken cancellation)
    {
        if (await Barred(who, cancellation) is { } barred) return barred;
        if (await store.FindBot(userId, cancellation) is not { } found) return Refusal.NotFound("bot");
        var given = await GiveToken(found.Bot, cancellation);
        await Close(userId);
        LogRenewed(userId, who.UserId);
        return given;
    }

    /// <summary>Ends a bot, and answers what it was.</summary>
    public async Task<Reply<Bot>> Delete(Speaker who, Guid userId, CancellationToken cancellation)
    {
        if (await Barred(who, cancellation) is { } barred) return barred;
        if (await store.FindBot(userId, cancellation) is not { } found || !await store.DeleteBot(userId, cancellation)) return Refusal.NotFound("bot");
        await Close(userId);
        LogEnded(userId, who.UserId);
        return found.Bot;
    }

    public async Task<Reply<SignedIn>> SignIn(BotSignIn request, Origin from, CancellationToken cancellation)
    {
        // "chatbot_", the user's id, "_", the secret.
        var parts = request.Token.Split('_', 3);
        if (parts is not [Prefix, { } id, { } secret] || !Guid.TryParseExact(id, "N", out var userId)
            || await store.FindBot(userId, cancellation) is not { } found || !Secrets.Fits(secret, found.TokenHash))
            return Refusal.Of(ErrorCode.Unauthenticated, "This token is not good, or no longer.");
        var pass = new BotPass(TimeSpan.FromMinutes(options.Value.TokenMinutes), BotClaims.Of(found));
        return await sessions.Begin(found.Bot.User, from, cancellation, pass);
    }

    /// <summary>Why a token that was given to a bot is worth nothing any more; null when it is, or is no bot's.</summary>
    public async Task<Error?> Refuse(ClaimsPrincipal caller, CancellationToken cancellation) =>
        BotClaims.TokenOf(caller) is not { } tokenId ? null
        : await store.FindBot(ChatClaims.SpeakerOf(caller).UserId, cancellation) is { } found && found.TokenId == tokenId ? null
        : Refusal.Of(ErrorCode.Unauthenticated, "The token of this bot was revoked.");

    private async Task<BotToken> GiveToken(Bot bot, CancellationToken cancellation)
    {
        var secret = Secrets.New();
        await store.PutBot(new StoredBot(bot, Guid.NewGuid(), Secrets.Hash(secret)), cancellation);
        return new BotToken { Bot = bot, Token = $"{Prefix}_{bot.User.Id:N}_{secret}" };
    }

    private async Task Close(Guid userId)
    {
        await sessions.EndAll(userId, CancellationToken.None);
        await reach.Give(new Order { UserId = userId, Close = CloseCode.SessionRevoked });
    }

    private async Task<Error?> Barred(Speaker who, CancellationToken cancellation) =>
        who.Kind is not UserKind.Bot && await users.FindUser(who.UserId, cancellation) is { IsAdministrator: true }
            ? null
            : Refusal.Of(ErrorCode.Forbidden, "Only administrators of the server may do this.");

    [LoggerMessage(150, LogLevel.Information, "Bot {BotId} was made by {UserId}.")]
    private partial void LogMade(Guid botId, Guid userId);

    [LoggerMessage(151, LogLevel.Information, "Bot {BotId} got another token from {UserId}.")]
    private partial void LogRenewed(Guid botId, Guid userId);

    [LoggerMessage(152, LogLevel.Information, "Bot {BotId} was ended by {UserId}.")]
    private partial void LogEnded(Guid botId, Guid userId);
}
