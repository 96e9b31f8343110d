using Chat.Hub.Rooms;

namespace Chat.Hub.Storage.Sqlite;

internal sealed partial class SqliteStore
{
    public Task Commit(Needs needs, Action<Ledger> decide) => Write(connection =>
    {
        using var transaction = Transaction.Writing(connection);
        var ledger = roomsRead.Load(needs);
        decide(ledger);
        rooms.Save(ledger);
        transaction.Commit();
        return true;
    });
}
