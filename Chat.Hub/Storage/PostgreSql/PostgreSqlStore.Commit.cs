using Chat.Hub.Rooms;

namespace Chat.Hub.Storage.PostgreSql;

internal sealed partial class PostgreSqlStore
{
    public async Task Commit(Needs needs, Action<Ledger> decide)
    {
        try
        {
            await sessions.Write(async transaction =>
            {
                var read = await RoomsRead.Load(transaction, needs);
                decide(read.Ledger);
                await RoomsWrite.Save(transaction, read);
                return true;
            });
        }
        catch (StoreUnavailableException e) when (e.InnerException is { } inner && PostgreSqlFailure.IsLocked(inner))
        {
            throw new RoomsLockedException(e);
        }
    }
}
