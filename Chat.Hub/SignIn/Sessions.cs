using Chat.Contracts;
using Chat.Hub.Nodes;
using Chat.Hub.Operations;
using Chat.Hub.Rooms;
using Chat.Hub.Storage;
using Microsoft.Extensions.Options;

namespace Chat.Hub.SignIn;

/// <summary>Sign-ins from their beginning over renewals to their end.</summary>
internal sealed partial class Sessions(
    ISessionStore store, IRoomStore users, TokenIssuer tokens, SigningKey key, LiveSessions live, SessionUses uses, Reach reach,
    IOptions<SignInOptions> options, ChatClock clock, ILogger<Sessions> logger)
{
    private const int DefaultListed = 50;

    private TimeSpan Life => TimeSpan.FromHours(options.Value.SessionHours);

    private static Error Ended => Refusal.Of(ErrorCode.Unauthenticated, "This sign-in has ended. Sign in again.");

    /// <summary>Begins a session of somebody who has just proved who it is.</summary>
    /// <param name="user">Who.</param>
    /// <param name="from">What asks, and from where.</param>
    /// <param name="cancellation">Ends waiting.</param>
    /// <param name="bot">For programs that have a token of their own to come back with; null for people.</param>
    public async Task<SignedIn> Begin(User user, Origin from, CancellationToken cancellation, BotPass? bot = null)
    {
        var now = clock.Now;
        // Not by time: who knows one session's id knows nothing of another's.
        var token = RefreshToken.First(Guid.NewGuid(), key.Refreshing);
        await store.AddSession(new KeptSession
        {
            Id = token.SessionId,
            UserId = user.Id,
            Client = from.Client,
            Address = from.Address,
            CreatedAt = now,
            LastUsedAt = now,
            TokenHash = token.Hash,
            RenewedAt = now,
        }, cancellation);
        return bot is null
            ? tokens.Issue(user, token.SessionId, token.Write())
            : tokens.Issue(user, token.SessionId, "", bot.Life, bot.Claims);
    }

    /// <summary>The next access token and refresh token of a session.</summary>
    public async Task<Reply<SignedIn>> Renew(string refreshToken, CancellationToken cancellation)
    {
        if (RefreshToken.Read(refreshToken, key.Refreshing) is not { } token) return Ended;
        while (true)
        {
            var session = await store.FindSession(token.SessionId, cancellation);
            switch (RenewalRule.Decide(session, token.Hash, clock.Now, Life))
            {
                case Renewal.Refuse:
                    return Ended;
                case Renewal.Revoke:
                    LogReused(session!.Id, session.UserId);
                    await End(session.UserId, session.Id, null, cancellation);
                    return Ended;
                case Renewal.Rotate when !await store.Rotate(token.SessionId, token.Hash, token.Next(key.Refreshing).Hash, clock.Now, cancellation):
                    // Somebody else was first: look again who, and what that makes of this one.
                    continue;
                default:
                    return await users.FindUser(session!.UserId, cancellation) is { } user
                        ? tokens.Issue(user, session.Id, token.Next(key.Refreshing).Write())
                        : Ended;
            }
        }
    }

    public async Task<Reply<SessionList>> List(Speaker speaker, ListSessions request, CancellationToken cancellation)
    {
        if (SessionRules.Check(request) is { } mistake) return mistake;
        await uses.Write(cancellation);
        var found = await store.ListSessions(speaker.UserId, clock.Now - Life, request.Limit ?? DefaultListed, cancellation);
        return new SessionList
        {
            Sessions = [.. found.Select(session => new Session
            {
                Id = session.Id,
                Client = session.Client,
                Address = session.Address,
                CreatedAt = session.CreatedAt,
                LastUsedAt = session.LastUsedAt,
                IsCurrent = session.Id == speaker.SessionId,
            })],
        };
    }

    /// <summary>Ends one session of the speaker, or all but its own.</summary>
    public async Task<Reply> Revoke(Speaker speaker, RevokeSessions request, CancellationToken cancellation)
    {
        var isFound = await End(speaker.UserId, request.SessionId, request.SessionId is null ? speaker.SessionId : null, cancellation);
        return isFound || request.SessionId is null ? Reply.Done : Refusal.NotFound("session");
    }

    public async Task<Reply<SessionData>> Data(Speaker speaker, GetSessionData request, CancellationToken cancellation)
    {
        if (SessionRules.Check(request) is { } mistake) return mistake;
        return await store.ReadData(speaker.SessionId, cancellation) is { } data ? SessionRules.Only(data, request.Keys) : Ended;
    }

    public async Task<Reply<SessionData>> Change(Speaker speaker, SetSessionData request, CancellationToken cancellation)
    {
        if (SessionRules.Check(request) is { } mistake) return mistake;
        return await store.ChangeData(speaker.SessionId, data => SessionRules.Change(data, request), cancellation) ?? Ended;
    }

    /// <summary>Ends all sessions of somebody, and closes their connections.</summary>
    public Task EndAll(Guid userId, CancellationToken cancellation) => End(userId, null, null, cancellation);

    // First in the store, so that whoever comes after the order finds it there.
    private async Task<bool> End(Guid userId, Guid? only, Guid? except, CancellationToken cancellation)
    {
        var ended = await store.RevokeSessions(userId, only, except, clock.Now, cancellation);
        foreach (var some in ended.Chunk(100))
        {
            foreach (var sessionId in some) live.End(sessionId);
            await reach.Give(new Order { UserId = userId, EndedSessions = some });
        }
        return ended.Count > 0;
    }

    [LoggerMessage(100, LogLevel.Warning, "Session {SessionId} of user {UserId} is revoked: a refresh token of it was used twice.")]
    private partial void LogReused(Guid sessionId, Guid userId);
}

/// <summary>What a bot's access token is good for.</summary>
/// <param name="Life">How long.</param>
/// <param name="Claims">What else it says.</param>
internal sealed record BotPass(TimeSpan Life, IEnumerable<System.Security.Claims.Claim> Claims);
