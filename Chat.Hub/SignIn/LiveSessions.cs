using System.Collections.Concurrent;
using Chat.Hub.Operations;
using Chat.Hub.Storage;
using Microsoft.Extensions.Options;

namespace Chat.Hub.SignIn;

/// <summary>
/// Whether a session still lives: asked with every request, and remembered for a moment. The end of one is known here as
/// soon as any node orders it.
/// </summary>
internal sealed class LiveSessions(ISessionStore store, IOptions<SignInOptions> options, ChatClock time, TimeProvider clock)
{
    // For an order that got lost.
    private static readonly TimeSpan Remembered = TimeSpan.FromSeconds(5);
    // An end is for ever; this long, so that an answer which was read before it and comes late does not undo it.
    private static readonly TimeSpan EndRemembered = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<Guid, Known> known = [];

    private TimeSpan Life => TimeSpan.FromHours(options.Value.SessionHours);

    /// <summary>Whether access tokens of the session are good. Where the store is away they are: nobody can tell, and little can be done with them.</summary>
    public async ValueTask<bool> IsAlive(Guid sessionId, CancellationToken cancellation)
    {
        // One that seems to be over for want of use may have been used since.
        if (known.TryGetValue(sessionId, out var there) && IsFresh(there) && (there.UsedAt is null || IsUsable(there))) return IsUsable(there);
        try
        {
            return await Look(sessionId, cancellation);
        }
        catch (StoreUnavailableException)
        {
            return true;
        }
    }

    private async Task<bool> Look(Guid sessionId, CancellationToken cancellation) => Learn(sessionId, await store.FindSession(sessionId, cancellation));

    /// <summary>Whether the session lives, as it was just read from the store; null for none.</summary>
    public bool Learn(Guid sessionId, KeptSession? session)
    {
        var found = new Known(session is { RevokedAt: null } ? session.LastUsedAt : null, clock.GetTimestamp());
        return IsUsable(known.AddOrUpdate(sessionId, found, (_, before) => before.UsedAt is null && IsFresh(before) ? before : found));
    }

    /// <summary>Whether the session is known to have ended, without asking anybody.</summary>
    public bool HasEnded(Guid sessionId) => known.TryGetValue(sessionId, out var there) && there.UsedAt is null;

    /// <summary>The session ended.</summary>
    public void End(Guid sessionId) => known[sessionId] = new Known(null, clock.GetTimestamp());

    /// <summary>Forgets what is too old to be believed.</summary>
    public void Sweep()
    {
        foreach (var entry in known)
        {
            if (!IsFresh(entry.Value)) known.TryRemove(entry);
        }
    }

    private bool IsUsable(Known session) => session.UsedAt > time.Now - Life;

    private bool IsFresh(Known session) => clock.GetElapsedTime(session.At) < (session.UsedAt is null ? EndRemembered : Remembered);

    /// <param name="UsedAt">Null for one that has ended.</param>
    /// <param name="At">When this was learned.</param>
    private readonly record struct Known(DateTimeOffset? UsedAt, long At);
}
