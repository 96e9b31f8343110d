using Chat.Contracts;
using Chat.Contracts.Wire;
using Chat.Hub.Rooms;

namespace Chat.Hub.Storage.PostgreSql;

internal sealed partial class PostgreSqlStore
{
    // Two first accounts made at once on two nodes: one becomes the administrator.
    private const string LockAccounts = "select pg_advisory_xact_lock(hashtextextended('first account', 2))";

    public Task<User?> FindUser(Guid userId, CancellationToken cancellation) =>
        One($"select {Rows.UserColumns} from users where id = $1", Rows.User, cancellation, userId);

    public Task<(User User, string PasswordHash)?> FindAccount(string name, CancellationToken cancellation) => One<(User, string)?>(
        $"select {Rows.UserColumns}, password_hash from users where name_key = $1 and kind = 'account'",
        row => (Rows.User(row), row.GetString(5)), cancellation, Batches.Sought(Names.Key(name)));

    public Task<User?> FindExternal(string externalId, CancellationToken cancellation) =>
        // Not another text in its place: somebody else may be that.
        externalId.Contains('\0')
            ? Task.FromResult<User?>(null)
            : One($"select {Rows.UserColumns} from users where external_id = $1", Rows.User, cancellation, externalId);

    public Task<User?> AddUser(User user, string? passwordHash, string? externalId, CancellationToken cancellation) => sessions.Write(async transaction =>
    {
        await using (var look = transaction.Begin().Add(user.Kind is UserKind.Account ? LockAccounts : "select 1"))
            await look.ExecuteNonQueryAsync(cancellation);

        await using var write = transaction.Writing().Add(
            $"""
            insert into users (id, name, name_key, kind, password_hash, external_id, is_administrator, created_at)
            values ($1, $2, $3, $4, $5::text, $6::text, $4 = 'account' and not exists (select 1 from users where is_administrator), $7)
            on conflict do nothing
            returning {Rows.UserColumns}
            """,
            user.Id, user.Name, Names.Key(user.Name), WireEnum<UserKind>.ToWire(user.Kind), passwordHash, externalId, user.CreatedAt);
        await using var rows = await transaction.Commit(write);
        return await rows.First(Rows.User, CancellationToken.None);
    }, cancellation);
}
