using Chat.Contracts;
using Npgsql;
using static Chat.Hub.Storage.PostgreSql.Batches;

namespace Chat.Hub.Storage.PostgreSql;

internal sealed partial class PostgreSqlStore : ISessionStore
{
    private const string SessionColumns = "id, user_id, client, address, created_at, last_used_at, token_hash, previous_hash, renewed_at, revoked_at";

    private const string SessionById = $"select {SessionColumns} from sessions where id = $1";

    public Task AddSession(KeptSession session, CancellationToken cancellation) => WriteAll(
        $"insert into sessions ({SessionColumns}) values ($1, $2, $3, $4, $5, $6, $7, $8::bytea, $9, $10::timestamptz) on conflict (id) do nothing returning id",
        row => row.GetGuid(0), cancellation,
        session.Id, session.UserId, session.Client, session.Address, session.CreatedAt, session.LastUsedAt,
        session.TokenHash, session.PreviousHash, session.RenewedAt, session.RevokedAt);

    public Task<KeptSession?> FindSession(Guid sessionId, CancellationToken cancellation) =>
        One(SessionById, Session, cancellation, sessionId);

    // Tried again after a broken connection it may find its own work done: the caller looks then, and sees it.
    public async Task<bool> Rotate(Guid sessionId, byte[] from, byte[] to, DateTimeOffset now, CancellationToken cancellation) =>
        (await WriteAll(
            """
            update sessions set previous_hash = token_hash, token_hash = $3, renewed_at = $4, last_used_at = greatest(last_used_at, $4)
            where id = $1 and token_hash = $2 and revoked_at is null returning id
            """,
            row => row.GetGuid(0), cancellation, sessionId, from, to, now)).Count is 1;

    public async Task<IReadOnlyList<KeptSession>> ListSessions(Guid userId, DateTimeOffset usedAfter, int most, CancellationToken cancellation) => await All(
        $"""
        select {SessionColumns} from sessions where user_id = $1 and last_used_at > $2 and revoked_at is null
        order by last_used_at desc, id desc limit $3
        """,
        Session, cancellation, userId, usedAfter, most);

    public async Task<IReadOnlyList<Guid>> RevokeSessions(Guid userId, Guid? only, Guid? except, DateTimeOffset now, CancellationToken cancellation) => await WriteAll(
        """
        update sessions set revoked_at = coalesce(revoked_at, $4)
        where user_id = $1 and ($2::uuid is null or id = $2::uuid) and ($3::uuid is null or id <> $3::uuid) returning id
        """,
        row => row.GetGuid(0), cancellation, userId, only, except, now);

    public async Task<IReadOnlyCollection<Guid>> NoteUse(IReadOnlyList<SessionUse> uses, DateTimeOffset usedAfter, CancellationToken cancellation) => (await WriteAll(
        """
        update sessions s set last_used_at = greatest(s.last_used_at, u.at), client = coalesce(u.client, s.client), address = coalesce(u.address, s.address)
        from unnest($1::uuid[], $2::timestamptz[], $3::text[], $4::text[]) as u (id, at, client, address)
        where s.id = u.id and s.revoked_at is null and s.last_used_at > $5 returning s.id
        """,
        row => row.GetGuid(0), cancellation,
        Each(uses, use => use.SessionId), Each(uses, use => Batches.WholeMilliseconds(use.At)),
        Each(uses, use => use.Client), Each(uses, use => use.Address), usedAfter)).ToHashSet();

    public Task CollectSessions(DateTimeOffset usedBefore, CancellationToken cancellation) =>
        WriteAll("delete from sessions where last_used_at <= $1 returning id", row => row.GetGuid(0), cancellation, usedBefore);

    public Task<SessionData?> ReadData(Guid sessionId, CancellationToken cancellation) =>
        One("select data from sessions where id = $1 and revoked_at is null", Data, cancellation, sessionId);

    public Task<Reply<SessionData>?> ChangeData(Guid sessionId, Func<SessionData, Reply<SessionData>> decide, CancellationToken cancellation) => sessions.Write(async transaction =>
    {
        SessionData? data;
        await using (var look = transaction.Begin().Add("select data from sessions where id = $1 and revoked_at is null for update", sessionId))
        await using (var rows = await look.ExecuteReaderAsync(cancellation))
            data = await rows.First(Data, cancellation);
        if (data is null) return null;
        var decided = decide(data);
        if (decided.Result is not { } changed) return decided;
        await using var write = transaction.Writing().Add("update sessions set data = $2 where id = $1", sessionId, SessionBag.Write(changed));
        await using var written = await transaction.Commit(write);
        return decided;
    }, cancellation);

    /// <summary>One statement that may be run twice, with the rows it returns.</summary>
    private Task<List<T>> WriteAll<T>(string sql, Func<NpgsqlDataReader, T> read, CancellationToken cancellation, params object?[] values) =>
        sessions.WriteAgain(connection => Ask(connection, batch => batch.Add(sql, values), rows => rows.All(read, cancellation), cancellation), cancellation);

    private static SessionData Data(NpgsqlDataReader row) => SessionBag.Read(row.GetString(0));

    private static KeptSession Session(NpgsqlDataReader row) => new()
    {
        Id = row.GetGuid(0),
        UserId = row.GetGuid(1),
        Client = row.GetString(2),
        Address = row.GetString(3),
        CreatedAt = row.GetFieldValue<DateTimeOffset>(4),
        LastUsedAt = row.GetFieldValue<DateTimeOffset>(5),
        TokenHash = row.GetFieldValue<byte[]>(6),
        PreviousHash = row.IsDBNull(7) ? null : row.GetFieldValue<byte[]>(7),
        RenewedAt = row.GetFieldValue<DateTimeOffset>(8),
        RevokedAt = row.IsDBNull(9) ? null : row.GetFieldValue<DateTimeOffset>(9),
    };
}
