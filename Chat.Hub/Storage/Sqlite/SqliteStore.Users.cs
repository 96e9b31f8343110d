using Chat.Contracts;
using Chat.Contracts.Wire;
using Chat.Hub.Rooms;

namespace Chat.Hub.Storage.Sqlite;

internal sealed partial class SqliteStore
{
    public Task<User?> FindUser(Guid userId, CancellationToken cancellation) => ReadNow(connection =>
    {
        using var statement = new Statement(connection, $"select {Rows.UserColumns} from users where id = ?1");
        return statement.Bind(userId).First(Rows.User);
    }, cancellation);

    public Task<(User User, string PasswordHash)?> FindAccount(string name, CancellationToken cancellation) => ReadNow(connection =>
    {
        using var statement = new Statement(connection, $"select {Rows.UserColumns}, password_hash from users where name_key = ?1 and kind = 'account'");
        return statement.Bind(Names.Key(name)).First<(User, string)?>(row => (Rows.User(row), row.GetString(5)));
    }, cancellation);

    public Task<User?> FindExternal(string externalId, CancellationToken cancellation) => ReadNow(connection =>
    {
        using var statement = new Statement(connection, $"select {Rows.UserColumns} from users where external_id = ?1");
        return statement.Bind(externalId).First(Rows.User);
    }, cancellation);

    public Task<User?> AddUser(User user, string? passwordHash, string? externalId, CancellationToken cancellation) => WriteAside(connection =>
    {
        using var statement = new Statement(connection, $"""
            insert into users (id, name, name_key, kind, password_hash, external_id, is_administrator, created_at)
            values (?1, ?2, ?3, ?4, ?5, ?6, ?4 = 'account' and not exists (select 1 from users where is_administrator), ?7)
            on conflict do nothing
            returning {Rows.UserColumns}
            """);
        return statement.Bind(user.Id, user.Name, Names.Key(user.Name), WireEnum<UserKind>.ToWire(user.Kind), passwordHash, externalId, user.CreatedAt)
            .First(Rows.User);
    }, cancellation);
}
