using Chat.Contracts;
using Chat.Hub.Rooms;
using Chat.Hub.Storage;
using Chat.Hub.Storage.Sqlite;
using Chat.Tests.Running;

namespace Chat.Tests.Storage;

/// <summary>A store on its own file, with a few words to use it by.</summary>
internal sealed class StoreFixture : IDisposable
{
    public static readonly DateTimeOffset Now = DateTimeOffset.Parse("2026-01-31T12:00:00.123Z", null);

    public TemporaryFolder Folder { get; } = new();

    public SqliteStore Store { get; private set; }

    public Speaker Ann { get; } = new(Guid.NewGuid(), "Ann", UserKind.Guest);

    public Guid RoomId { get; } = Guid.NewGuid();

    public StoreFixture() => Store = Open();

    public void Dispose()
    {
        Store.Dispose();
        Folder.Dispose();
    }

    public void Reopen(string? restoredFrom = null)
    {
        Store.Dispose();
        Store = Open(restoredFrom);
    }

    public Task<Error?> FoundRoom() => Write(new FoundRoom(Ann, new CreateRoom { RoomId = RoomId, Name = "tea" }));

    public Task<Error?> Post(string text, Guid? id = null) => Write(PostOf(text, id));

    public PostMessage PostOf(string text, Guid? id = null) =>
        new(Ann, new SendMessage { RoomId = RoomId, ClientMessageId = id ?? Guid.NewGuid(), Text = text });

    public async Task PostMany(int count)
    {
        var needs = new Needs();
        var posts = Enumerable.Range(0, count).Select(n => PostOf($"message {n}")).ToList();
        posts.ForEach(post => post.Tell(needs));
        await Store.Commit(needs, ledger => posts.ForEach(post => Decide(post, ledger)));
    }

    public async Task<Error?> Write(RoomChange change)
    {
        var needs = new Needs();
        change.Tell(needs);
        Error? refusal = null;
        await Store.Commit(needs, ledger => refusal = Decide(change, ledger));
        return refusal;
    }

    public Task<RoomSync> Sync(long version, string? epoch = null) =>
        Store.Sync(new SyncRoom { RoomId = RoomId, Version = version, Epoch = epoch ?? Store.Epoch }, default);

    public Task<History> History(long? before = null, long? after = null, long? around = null, int? limit = null) =>
        Store.ReadHistory(new GetHistory { RoomId = RoomId, BeforeSeq = before, AfterSeq = after, AroundSeq = around, Limit = limit }, default);

    private static Error? Decide(RoomChange change, Ledger ledger)
    {
        var room = ledger.Room(change.RoomId);
        var decision = change.Decide(room, Now);
        foreach (var draft in decision.Drafts) room.Append(draft);
        return decision.Refusal;
    }

    private SqliteStore Open(string? restoredFrom = null) => new(Folder.File("chat.db"), new StoreOptions { RestoredFrom = restoredFrom });
}
