using System.Collections.Concurrent;
using Chat.Hub.Operations;
using Chat.Hub.Storage;
using Microsoft.Extensions.Options;

namespace Chat.Hub.SignIn;

/// <summary>Gathers which sessions were used, to write it down together: once a minute, and when somebody looks.</summary>
internal sealed class SessionUses(ISessionStore store, IOptions<SignInOptions> options, ChatClock clock)
{
    // A commit holds up the messages behind it: a thousand rows take a few milliseconds.
    private const int PerCommit = 500;

    private readonly ConcurrentDictionary<Guid, SessionUse> waiting = [];

    /// <summary>The session is used now.</summary>
    public void Note(Guid sessionId, string? client = null, string? address = null) => waiting.AddOrUpdate(
        sessionId,
        id => new SessionUse(id, clock.Now, client, address),
        (id, before) => new SessionUse(id, clock.Now, client ?? before.Client, address ?? before.Address));

    /// <summary>Writes what waits; answers the sessions among it that have ended.</summary>
    public async Task<IReadOnlyList<Guid>> Write(CancellationToken cancellation)
    {
        var ended = new List<Guid>();
        foreach (var some in waiting.ToArray().Chunk(PerCommit))
        {
            var alive = await store.NoteUse([.. some.Select(entry => entry.Value)], clock.Now - TimeSpan.FromHours(options.Value.SessionHours), cancellation);
            ended.AddRange(some.Select(entry => entry.Key).Where(id => !alive.Contains(id)));
            // What was used again meanwhile stays.
            foreach (var entry in some) waiting.TryRemove(entry);
        }
        return ended;
    }
}
