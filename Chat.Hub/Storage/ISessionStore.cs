using Chat.Contracts;

namespace Chat.Hub.Storage;

/// <summary>Remembers sign-ins. Every method throws <see cref="StoreUnavailableException"/> when the disk or the database is away.</summary>
internal interface ISessionStore
{
    Task AddSession(KeptSession session, CancellationToken cancellation);

    Task<KeptSession?> FindSession(Guid sessionId, CancellationToken cancellation);

    /// <summary>Gives a session another refresh token in the place of the one it has; false when it has another, or was revoked.</summary>
    Task<bool> Rotate(Guid sessionId, byte[] from, byte[] to, DateTimeOffset now, CancellationToken cancellation);

    /// <summary>The sessions of a user that are not revoked and were used after a moment, the one used last first.</summary>
    Task<IReadOnlyList<KeptSession>> ListSessions(Guid userId, DateTimeOffset usedAfter, int most, CancellationToken cancellation);

    /// <summary>Revokes one session of a user, or all but one; answers those that are revoked now, also those that were before.</summary>
    Task<IReadOnlyList<Guid>> RevokeSessions(Guid userId, Guid? only, Guid? except, DateTimeOffset now, CancellationToken cancellation);

    /// <summary>Notes that sessions were used, unless they have ended; answers those that have not.</summary>
    Task<IReadOnlyCollection<Guid>> NoteUse(IReadOnlyList<SessionUse> uses, DateTimeOffset usedAfter, CancellationToken cancellation);

    /// <summary>Forgets the sessions that were not used since.</summary>
    Task CollectSessions(DateTimeOffset usedBefore, CancellationToken cancellation);

    /// <summary>The data of a session; null where there is no such session.</summary>
    Task<SessionData?> ReadData(Guid sessionId, CancellationToken cancellation);

    /// <summary>Reads the data, lets the rule decide, and writes what it answers: one after the other, on all nodes.</summary>
    Task<Reply<SessionData>?> ChangeData(Guid sessionId, Func<SessionData, Reply<SessionData>> decide, CancellationToken cancellation);
}
