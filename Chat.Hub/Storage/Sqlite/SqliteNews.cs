namespace Chat.Hub.Storage.Sqlite;

/// <summary>One process has the file: nobody else can do anything in it.</summary>
internal sealed class SqliteNews : INews
{
    public bool IsShared => false;

    public Task<StoreNews> Read(string? mark, CancellationToken cancellation) =>
        Task.FromResult(new StoreNews("", DateTimeOffset.UnixEpoch, [], [], []));

    public Task Give(Guid id, string order, CancellationToken cancellation) => Task.CompletedTask;
}
