using Chat.Contracts;

namespace Chat.Hub.Storage.Sqlite;

internal sealed partial class SqliteStore : IBotStore
{
    // The columns of the user begin at the sixth.
    private const string BotColumns = "b.scopes, b.token_id, b.token_hash, b.created_by, b.created_at, u.id, u.name, u.kind, u.is_administrator, u.created_at";

    public Task PutBot(StoredBot bot, CancellationToken cancellation) => Write(connection =>
    {
        using var statement = new Statement(connection, """
            insert into bots (user_id, scopes, token_id, token_hash, created_by, created_at) values (?1, ?2, ?3, ?4, ?5, ?6)
            on conflict (user_id) do update set scopes = excluded.scopes, token_id = excluded.token_id, token_hash = excluded.token_hash
            """);
        return statement.Bind(bot.Bot.User.Id, BotScopeNames.Write(bot.Bot.Scopes), bot.TokenId, bot.TokenHash, bot.Bot.CreatedBy, bot.Bot.CreatedAt).Run();
    }, cancellation);

    public Task<StoredBot?> FindBot(Guid userId, CancellationToken cancellation) => ReadNow(connection =>
    {
        using var statement = new Statement(connection, $"select {BotColumns} from bots b join users u on u.id = b.user_id where b.user_id = ?1");
        return statement.Bind(userId).First(StoredBot);
    }, cancellation);

    public Task<IReadOnlyList<StoredBot>> ListBots(CancellationToken cancellation) => ReadAside<IReadOnlyList<StoredBot>>(connection =>
    {
        using var statement = new Statement(connection, $"select {BotColumns} from bots b join users u on u.id = b.user_id order by u.name_key");
        return statement.All(StoredBot);
    }, cancellation);

    public Task<bool> DeleteBot(Guid userId, CancellationToken cancellation) => Write(connection =>
    {
        using var statement = new Statement(connection, "delete from bots where user_id = ?1");
        return statement.Bind(userId).Run() is 1;
    }, cancellation);

    private static StoredBot StoredBot(Row row) => new(
        new Bot
        {
            User = Rows.User(row, 5),
            Scopes = BotScopeNames.Read(row.GetString(0)),
            CreatedBy = row.Id(3),
            CreatedAt = row.Time(4),
        },
        row.Id(1),
        row.Bytes(2));
}
