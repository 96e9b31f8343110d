using Chat.Hub.Storage;
using Chat.Hub.Storage.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace Chat.Tests.Storage.Sqlite;

public sealed class SqliteStoreTests : StoreTests
{
    private readonly SqliteFixture fixture;

    public SqliteStoreTests() : this(new SqliteFixture())
    {
    }

    private SqliteStoreTests(SqliteFixture fixture) : base(fixture) => this.fixture = fixture;

    [Fact]
    public async Task A_store_of_a_newer_version_is_refused_and_left_alone()
    {
        await fixture.FoundRoom();
        ((SqliteStore)fixture.Store).Dispose();
        await using (var connection = new SqliteConnection($"Data Source={fixture.Folder.File("chat.db")}"))
        {
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = "insert into SchemaVersions (ScriptName, Applied) values ('Chat.Hub.Storage.Sqlite.Migrations.9999_future.sql', '2030-01-01')";
            await command.ExecuteNonQueryAsync();
        }
        var open = () => new SqliteStore(fixture.Folder.File("chat.db"), new StoreOptions(), NullLogger<SqliteStore>.Instance);
        open.Should().Throw<InvalidOperationException>().WithMessage("*newer version*9999_future*");
    }

    [Fact]
    public void A_second_process_on_the_same_file_is_refused()
    {
        var open = () => new SqliteStore(fixture.Folder.File("chat.db"), new StoreOptions(), NullLogger<SqliteStore>.Instance);
        open.Should().Throw<InvalidOperationException>().WithMessage("*in use by another process*");
    }

    [Fact]
    public void The_default_durability_flushes_every_commit()
    {
        using var file = new SqliteFile(fixture.Folder.File("other.db"), new StoreOptions().Durability);
        using var database = file.OpenForWriting();
        using var synchronous = new Statement(database, "pragma synchronous");
        using var journal = new Statement(database, "pragma journal_mode");
        synchronous.First(row => row.GetInt64(0)).Should().Be(2, "2 is FULL: https://sqlite.org/pragma.html#pragma_synchronous");
        journal.First(row => row.GetString(0)).Should().Be("wal");
    }
}
