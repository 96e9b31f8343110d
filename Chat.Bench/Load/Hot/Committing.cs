using BenchmarkDotNet.Attributes;
using Chat.Contracts;
using Chat.Hub.Rooms;
using Chat.Hub.Storage;
using Chat.Hub.Storage.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace Chat.Bench.Load.Hot;

/// <summary>A commit of SQLite, flushed to disk: of 64 messages that waited together, and of one alone.</summary>
public class Committing : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("chat-hot-").FullName;
    private readonly Guid room = Guid.CreateVersion7();
    private Speaker author = null!;
    private SqliteStore store = null!;

    [Params(1, 64)]
    public int Messages { get; set; }

    [GlobalSetup]
    public async Task Open()
    {
        store = new SqliteStore(Path.Combine(folder, "chat.db"), new StoreOptions(), NullLogger<SqliteStore>.Instance);
        author = new Speaker(Guid.CreateVersion7(), "Ann", UserKind.Guest);
        await store.AddUser(new User { Id = author.UserId, Name = author.Name, Kind = author.Kind, CreatedAt = DateTimeOffset.UtcNow }, null, null, default);
        await Commit([new FoundRoom(author, new CreateRoom { RoomId = room, Name = "tea" })]);
    }

    [GlobalCleanup]
    public void Dispose()
    {
        store.Dispose();
        Directory.Delete(folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    [Benchmark]
    public Task Commit() => Commit([.. Enumerable.Range(0, Messages).Select(_ =>
        new PostMessage(author, new SendMessage { RoomId = room, ClientMessageId = Guid.CreateVersion7(), Text = new string('m', 100) }))]);

    private Task Commit(IReadOnlyList<RoomChange> changes)
    {
        var needs = new Needs();
        foreach (var change in changes) change.Tell(needs);
        var pending = changes.Select(change => new PendingChange(change)).ToList();
        return store.Commit(needs, ledger =>
        {
            foreach (var change in pending) change.Decide(ledger, DateTimeOffset.UtcNow);
        });
    }
}
