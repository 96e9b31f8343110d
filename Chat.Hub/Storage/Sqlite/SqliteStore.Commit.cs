using Chat.Hub.Rooms;

namespace Chat.Hub.Storage.Sqlite;

internal sealed partial class SqliteStore
{
    public async Task Commit(Needs needs, Action<Ledger> decide)
    {
        var told = await Write(connection => Commit(connection, needs, decide));
        if (told.Count > 0) EventsWritten(told);
    }

    /// <returns>The outgoing webhooks that have something to tell now.</returns>
    private List<Guid> Commit(Database connection, Needs needs, Action<Ledger> decide)
    {
        using var transaction = Transaction.Writing(connection);
        search.Begin();
        var ledger = roomsRead.Load(needs);
        decide(ledger);
        rooms.Save(ledger);
        transaction.Commit();
        search.End();
        return [.. ledger.Rooms.SelectMany(room => room.Tidings).Select(tiding => tiding.WebhookId).Distinct()];
    }
}
