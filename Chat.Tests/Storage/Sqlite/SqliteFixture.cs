using Chat.Hub.Storage;
using Chat.Hub.Storage.Sqlite;
using Chat.Tests.Running;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace Chat.Tests.Storage.Sqlite;

/// <summary>SQLite on its own file.</summary>
internal sealed class SqliteFixture : StoreFixture
{
    public TemporaryFolder Folder { get; } = new();

    public override Task Open(string? restoredFrom = null)
    {
        CloseFile();
        Store = new SqliteStore(Folder.File("chat.db"), new StoreOptions { RestoredFrom = restoredFrom }, NullLogger<SqliteStore>.Instance);
        return Task.CompletedTask;
    }

    public override async Task Run(string sql)
    {
        // What is read is in the tables.
        await History();
        await using var connection = new SqliteConnection($"Data Source={Folder.File("chat.db")};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    public override Task Close()
    {
        CloseFile();
        Folder.Dispose();
        return Task.CompletedTask;
    }

    private void CloseFile() => (Store as SqliteStore)?.Dispose();
}
