using Chat.Hub.Rooms;

namespace Chat.Hub.Storage.PostgreSql;

internal sealed partial class PostgreSqlStore
{
    public async Task Commit(Needs needs, Action<Ledger> decide)
    {
        Guid[] told = [];
        try
        {
            await sessions.Write(async transaction =>
            {
                var read = await RoomsRead.Load(transaction, needs);
                decide(read.Ledger);
                await RoomsWrite.Save(transaction, read);
                told = [.. read.Ledger.Rooms.SelectMany(room => room.Tidings).Select(tiding => tiding.WebhookId).Distinct()];
                return true;
            });
        }
        catch (StoreUnavailableException e) when (e.InnerException is { } inner && PostgreSqlFailure.IsLocked(inner))
        {
            throw new RoomsLockedException(e);
        }
        if (told.Length > 0) EventsWritten(told);
    }
}
