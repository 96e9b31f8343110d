using Chat.Hub.Rooms;

namespace Chat.Hub.Storage.Sqlite;

internal sealed partial class SqliteStore
{
    public async Task Commit(Needs needs, Action<Ledger> decide)
    {
        var told = await WriteAside(connection => Commit(connection, needs, decide), CancellationToken.None);
        if (posts.Concern(null)) settling.Await();
        if (told.Count > 0) EventsWritten(told);
    }

    /// <returns>The outgoing webhooks that have something to tell now.</returns>
    private List<Guid> Commit(Database connection, Needs needs, Action<Ledger> decide)
    {
        if (posts.TryKeep(needs, decide, out var decided)) return [];

        posts.Prepare();
        using var transaction = Transaction.Writing(connection);
        search.Begin(posts.Waiting);
        posts.Write();
        var ledger = decided ?? roomsRead.Load(needs);
        if (decided is null) decide(ledger);
        rooms.Save(ledger);
        search.Seal();
        transaction.Commit();
        search.End();
        posts.Written(ledger.Rooms);
        return [.. ledger.Rooms.SelectMany(room => room.Tidings).Select(tiding => tiding.WebhookId).Distinct()];
    }
}
