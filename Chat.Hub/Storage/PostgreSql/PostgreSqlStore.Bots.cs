using Chat.Contracts;
using Npgsql;

namespace Chat.Hub.Storage.PostgreSql;

internal sealed partial class PostgreSqlStore : IBotStore
{
    // The columns of the user begin at the sixth.
    private const string BotColumns = "b.scopes, b.token_id, b.token_hash, b.created_by, b.created_at, u.id, u.name, u.kind, u.is_administrator, u.created_at";

    public Task PutBot(StoredBot bot, CancellationToken cancellation) => Run(
        """
        insert into bots (user_id, scopes, token_id, token_hash, created_by, created_at) values ($1, $2, $3, $4, $5, $6)
        on conflict (user_id) do update set scopes = excluded.scopes, token_id = excluded.token_id, token_hash = excluded.token_hash
        """,
        cancellation, bot.Bot.User.Id, BotScopeNames.Write(bot.Bot.Scopes), bot.TokenId, bot.TokenHash, bot.Bot.CreatedBy, bot.Bot.CreatedAt);

    public Task<StoredBot?> FindBot(Guid userId, CancellationToken cancellation) =>
        One($"select {BotColumns} from bots b join users u on u.id = b.user_id where b.user_id = $1", StoredBot, cancellation, userId);

    public async Task<IReadOnlyList<StoredBot>> ListBots(CancellationToken cancellation) =>
        await All($"select {BotColumns} from bots b join users u on u.id = b.user_id order by u.name_key", StoredBot, cancellation);

    public async Task<bool> DeleteBot(Guid userId, CancellationToken cancellation) =>
        await Run("delete from bots where user_id = $1", cancellation, userId) is 1;

    private static StoredBot StoredBot(NpgsqlDataReader row) => new(
        new Bot
        {
            User = Rows.User(row, 5),
            Scopes = BotScopeNames.Read(row.GetString(0)),
            CreatedBy = row.GetGuid(3),
            CreatedAt = row.GetFieldValue<DateTimeOffset>(4),
        },
        row.GetGuid(1),
        row.GetFieldValue<byte[]>(2));
}
