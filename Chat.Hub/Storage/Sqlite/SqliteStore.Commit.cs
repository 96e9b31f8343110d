using Chat.Hub.Rooms;

namespace Chat.Hub.Storage.Sqlite;

internal sealed partial class SqliteStore
{
    public Task Commit(Needs needs, Action<Ledger> decide) => Write(connection =>
    {
        // Immediate: the file is locked before anything is read, so that what was read still holds at the write.
        using var transaction = connection.BeginTransaction(deferred: false);
        var ledger = rooms.Load(needs);
        decide(ledger);
        rooms.Save(ledger);
        transaction.Commit();
        return true;
    });
}
