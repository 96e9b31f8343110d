using Chat.Hub.Storage.PostgreSql;
using Chat.Tests.Running;
using Npgsql;

namespace Chat.Tests.Storage.PostgreSql;

/// <summary>PostgreSQL on its own database.</summary>
internal sealed class PostgreSqlFixture : StoreFixture
{
    private readonly List<PostgreSqlSessions> opened = [];
    private string? database;

    /// <summary>The connection string.</summary>
    public string Database => database!;

    public override async Task Open(string? restoredFrom = null)
    {
        database ??= await PostgreSqlForTests.NewDatabase();
        Store = await AddNode(restoredFrom);
    }

    /// <summary>Another node on the same database.</summary>
    public async Task<PostgreSqlStore> AddNode(string? restoredFrom = null, string? connection = null)
    {
        var store = new PostgreSqlStore(Sessions(connection));
        await store.Open(restoredFrom, default);
        return store;
    }

    public PostgreSqlSessions Sessions(string? connection = null)
    {
        var sessions = new PostgreSqlSessions(connection ?? Database, TimeProvider.System);
        opened.Add(sessions);
        return sessions;
    }

    public override async Task Run(string sql)
    {
        await using var source = NpgsqlDataSource.Create(Database + ";Pooling=false");
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    public override Task Close()
    {
        opened.ForEach(sessions => sessions.Dispose());
        return Task.CompletedTask;
    }
}
