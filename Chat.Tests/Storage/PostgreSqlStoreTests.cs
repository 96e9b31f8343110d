namespace Chat.Tests.Storage;

public sealed class PostgreSqlStoreTests() : StoreTests(new PostgreSqlFixture());
