namespace Chat.Tests.Storage.PostgreSql;

public sealed class PostgreSqlStoreTests() : StoreTests(new PostgreSqlFixture());
