using Chat.Client.Connecting;
using Chat.Contracts;

namespace Chat.Client;

public sealed partial class ChatClient
{
    /// <summary>The user's sign-ins, the one used last first. Waits for a connection and is repeated over drops.</summary>
    /// <param name="limit">At most how many, 1 to 100; null for 50.</param>
    /// <param name="ct">Ends waiting and repeating.</param>
    /// <exception cref="ChatException">Refused.</exception>
    public async Task<IReadOnlyList<Session>> ListSessionsAsync(int? limit = null, CancellationToken ct = default)
    {
        var request = new ListSessions { Limit = limit };
        return (await calls.AskAsync(hub => hub.ListSessions(request), ct).OrThrow().ConfigureAwait(false)).Sessions;
    }

    /// <summary>Ends a sign-in of the user and closes its connections wherever they are. Waits for a connection and is repeated over drops.</summary>
    /// <param name="sessionId">Which; for this client's own see <see cref="SignOutAsync"/>.</param>
    /// <param name="ct">Ends waiting and repeating; it may have ended all the same.</param>
    /// <exception cref="ChatException">Refused: <see cref="ErrorCode.NotFound"/>.</exception>
    public Task RevokeSessionAsync(Guid sessionId, CancellationToken ct = default) =>
        calls.AskAsync(hub => hub.RevokeSessions(new RevokeSessions { SessionId = sessionId }), ct).OrThrow();

    /// <summary>Ends all sign-ins of the user but this one. Waits for a connection and is repeated over drops.</summary>
    /// <param name="ct">Ends waiting and repeating; they may have ended all the same.</param>
    /// <exception cref="ChatException">Refused.</exception>
    public Task RevokeOtherSessionsAsync(CancellationToken ct = default) =>
        calls.AskAsync(hub => hub.RevokeSessions(new RevokeSessions()), ct).OrThrow();

    /// <summary>Ends this sign-in, for good, and stops the client. Waits for a connection and is repeated over drops.</summary>
    /// <param name="ct">Ends waiting and repeating; the client is not stopped then.</param>
    /// <exception cref="ChatException">Refused.</exception>
    public async Task SignOutAsync(CancellationToken ct = default)
    {
        try
        {
            if (greeting.SessionId is { } own)
                await calls.AskAsync(hub => hub.RevokeSessions(new RevokeSessions { SessionId = own }), ct).OrThrow().ConfigureAwait(false);
        }
        catch (ChatException e) when (e.Code == ErrorCode.Unauthenticated)
        {
            // It has ended: by the first try, whose answer was lost, or by somebody else.
        }
        await life.StopAsync(ct).ConfigureAwait(false);
        // The server may have closed the connection before its answer was read.
        if (Status.State != ChatState.Offline) events.Change(new ChatStatus { State = ChatState.Offline });
    }

    /// <summary>What this client keeps with its session. Waits for a connection and is repeated over drops.</summary>
    /// <param name="keys">Only the entries with these keys; null for all.</param>
    /// <param name="ct">Ends waiting and repeating.</param>
    /// <exception cref="ChatException">Refused.</exception>
    public Task<IReadOnlyDictionary<string, string>> GetSessionDataAsync(IReadOnlyList<string>? keys = null, CancellationToken ct = default)
    {
        var request = new GetSessionData { Keys = keys ?? [] };
        return EntriesAsync(calls.AskAsync(hub => hub.GetSessionData(request), ct).OrThrow());
    }

    /// <summary>Writes entries of it; the others stay. Waits for a connection and is repeated over drops.</summary>
    /// <param name="entries">An empty text takes an entry away. At most 50 entries and 4 KB of UTF-8 in all.</param>
    /// <param name="ct">Ends waiting and repeating; they may be written all the same.</param>
    /// <returns>All entries.</returns>
    /// <exception cref="ChatException">Refused: <see cref="ErrorCode.TooLarge"/>, <see cref="ErrorCode.Invalid"/>.</exception>
    public Task<IReadOnlyDictionary<string, string>> SetSessionDataAsync(IReadOnlyDictionary<string, string> entries, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(entries);
        var request = new SetSessionData { Entries = [.. entries.Select(entry => new SessionEntry { Key = entry.Key, Value = entry.Value })] };
        return EntriesAsync(calls.AskAsync(hub => hub.SetSessionData(request), ct).OrThrow());
    }

    private static async Task<IReadOnlyDictionary<string, string>> EntriesAsync(Task<SessionData> asked) =>
        (await asked.ConfigureAwait(false)).Entries.ToDictionary(entry => entry.Key, entry => entry.Value);
}
