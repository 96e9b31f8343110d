using Chat.Contracts;
using Chat.Hub.Rooms;
using Chat.Hub.Storage;

namespace Chat.Tests.Storage;

/// <summary>A store of its own, with a few words to use it by.</summary>
internal abstract class StoreFixture
{
    public static readonly DateTimeOffset Now = DateTimeOffset.Parse("2026-01-31T12:00:00.123Z", null);

    public IRoomStore Store { get; protected set; } = null!;

    public Speaker Ann { get; } = new(Guid.NewGuid(), "Ann", UserKind.Guest);

    public Guid RoomId { get; } = Guid.NewGuid();

    /// <summary>Opens the store, or closes it and opens it again.</summary>
    public abstract Task Open(string? restoredFrom = null);

    /// <summary>Runs a statement beside the store.</summary>
    public abstract Task Run(string sql);

    public abstract Task Close();

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

    public Task<Error?> Write(RoomChange change) => Write(Store, change);

    /// <summary>Writes through one of several nodes.</summary>
    public static async Task<Error?> Write(IRoomStore store, params RoomChange[] changes)
    {
        var needs = new Needs();
        foreach (var change in changes) change.Tell(needs);
        Error? refusal = null;
        await store.Commit(needs, ledger => refusal = changes.Select(change => Decide(change, ledger)).ToList().Find(error => error is not null));
        return refusal;
    }

    public Task<RoomSync> Sync(long version, string? epoch = null) =>
        Store.Sync(new SyncRoom { RoomId = RoomId, Version = version, Epoch = epoch ?? Store.Epoch }, default);

    public Task<History> History(long? before = null, long? after = null, long? around = null, int? limit = null) =>
        Store.ReadHistory(new GetHistory { RoomId = RoomId, BeforeSeq = before, AfterSeq = after, AroundSeq = around, Limit = limit }, default);

    public static Error? Decide(RoomChange change, Ledger ledger)
    {
        ledger.Now = Now;
        var room = ledger.Room(change.RoomId);
        var decision = change.Decide(room, Now);
        room.Carry(decision);
        return decision.Refusal;
    }
}
