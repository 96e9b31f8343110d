using Chat.Contracts;

namespace Chat.Hub.Storage.Sqlite;

internal sealed partial class SqliteStore : ISessionStore
{
    private const string SessionColumns = "id, user_id, client, address, created_at, last_used_at, token_hash, previous_hash, renewed_at, revoked_at";

    public Task AddSession(KeptSession session, CancellationToken cancellation) => WriteAside(connection =>
    {
        using var statement = new Statement(connection, $"insert into sessions ({SessionColumns}) values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)");
        return statement.Bind(
            session.Id, session.UserId, session.Client, session.Address, session.CreatedAt, session.LastUsedAt,
            session.TokenHash, session.PreviousHash, session.RenewedAt, session.RevokedAt).Run();
    }, cancellation);

    public Task<KeptSession?> FindSession(Guid sessionId, CancellationToken cancellation) =>
        ReadNow(connection => SessionOf(connection, sessionId), cancellation);

    private static KeptSession? SessionOf(Database connection, Guid sessionId)
    {
        using var statement = new Statement(connection, $"select {SessionColumns} from sessions where id = ?1");
        return statement.Bind(sessionId).First(Session);
    }

    public Task<bool> Rotate(Guid sessionId, byte[] from, byte[] to, DateTimeOffset now, CancellationToken cancellation) => WriteAside(connection =>
    {
        using var statement = new Statement(connection, """
            update sessions set previous_hash = token_hash, token_hash = ?3, renewed_at = ?4, last_used_at = max(last_used_at, ?4)
            where id = ?1 and token_hash = ?2 and revoked_at is null
            """);
        return statement.Bind(sessionId, from, to, now).Run() is 1;
    }, cancellation);

    public Task<IReadOnlyList<KeptSession>> ListSessions(Guid userId, DateTimeOffset usedAfter, int most, CancellationToken cancellation) =>
        ReadAside<IReadOnlyList<KeptSession>>(connection =>
        {
            using var statement = new Statement(connection, $"""
                select {SessionColumns} from sessions where user_id = ?1 and last_used_at > ?2 and revoked_at is null
                order by last_used_at desc, id desc limit ?3
                """);
            return statement.Bind(userId, usedAfter, most).All(Session);
        }, cancellation);

    public Task<IReadOnlyList<Guid>> RevokeSessions(Guid userId, Guid? only, Guid? except, DateTimeOffset now, CancellationToken cancellation) =>
        Write<IReadOnlyList<Guid>>(connection =>
        {
            using var statement = new Statement(connection, """
                update sessions set revoked_at = coalesce(revoked_at, ?4)
                where user_id = ?1 and (?2 is null or id = ?2) and (?3 is null or id <> ?3) returning id
                """);
            return statement.Bind(userId, only, except, now).All(row => row.Id(0));
        }, cancellation);

    public Task<IReadOnlyCollection<Guid>> NoteUse(IReadOnlyList<SessionUse> uses, DateTimeOffset usedAfter, CancellationToken cancellation) =>
        Write<IReadOnlyCollection<Guid>>(connection =>
        {
            using var moment = Transaction.Writing(connection);
            using var statement = new Statement(connection, """
                update sessions set last_used_at = max(last_used_at, ?2), client = coalesce(?3, client), address = coalesce(?4, address)
                where id = ?1 and revoked_at is null and last_used_at > ?5
                """);
            var alive = uses.Where(use => statement.Bind(use.SessionId, use.At, use.Client, use.Address, usedAfter).Run() is 1)
                .Select(use => use.SessionId).ToHashSet();
            moment.Commit();
            return alive;
        }, cancellation);

    public Task CollectSessions(DateTimeOffset usedBefore, CancellationToken cancellation) => Write(connection =>
    {
        using var statement = new Statement(connection, "delete from sessions where last_used_at <= ?1");
        return statement.Bind(usedBefore).Run();
    }, cancellation);

    public Task<SessionData?> ReadData(Guid sessionId, CancellationToken cancellation) =>
        ReadAside(connection => DataOf(connection, sessionId), cancellation);

    public Task<Reply<SessionData>?> ChangeData(Guid sessionId, Func<SessionData, Reply<SessionData>> decide, CancellationToken cancellation) => Write(connection =>
    {
        if (DataOf(connection, sessionId) is not { } data) return null;
        var decided = decide(data);
        if (decided.Result is not { } changed) return decided;
        using var statement = new Statement(connection, "update sessions set data = ?2 where id = ?1");
        statement.Bind(sessionId, SessionBag.Write(changed)).Run();
        return decided;
    }, cancellation);

    private static SessionData? DataOf(Database connection, Guid sessionId)
    {
        using var statement = new Statement(connection, "select data from sessions where id = ?1 and revoked_at is null");
        return statement.Bind(sessionId).First(row => SessionBag.Read(row.GetString(0)));
    }

    private static KeptSession Session(Row row) => new()
    {
        Id = row.Id(0),
        UserId = row.Id(1),
        Client = row.GetString(2),
        Address = row.GetString(3),
        CreatedAt = row.Time(4),
        LastUsedAt = row.Time(5),
        TokenHash = row.Bytes(6),
        PreviousHash = row.IsDBNull(7) ? null : row.Bytes(7),
        RenewedAt = row.Time(8),
        RevokedAt = row.TimeOrNull(9),
    };
}
