using Chat.Client;
using Chat.Contracts;
using Chat.Tests.Client.Sequencing;

namespace Chat.Tests.Client;

/// <summary>What programs read: a room's changes, and the messages of all rooms.</summary>
public sealed class FeedTests : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private readonly BookScene scene = new();

    public FeedTests() => scene.Connect(head: 1, sync: BookScene.Snapshot(1));

    public ValueTask DisposeAsync() => scene.DisposeAsync();

    [Fact]
    public async Task Each_change_comes_once_in_order_from_the_call_on_to_several_readers_until_the_room_is_gone()
    {
        scene.Book.Take(BookScene.Say(2));
        var (one, other) = (scene.Room.ChangesAsync(), scene.Room.ChangesAsync());
        var member = Some.Member(RoomTruth.RoomId, 4);
        var room = Some.Room(RoomTruth.RoomId, version: 5, name: "tea");
        foreach (var record in (RoomRecord[])[BookScene.Say(3), room, member, member, BookScene.Say(3)]) scene.Book.Take(record);
        var edited = BookScene.Say(3) with { Version = 6, EditedAt = Some.Moment };
        var missed = BookScene.Say(7);
        scene.Book.Apply(Some.Sync(RoomTruth.RoomId, "first", 7, reset: false, [missed, edited]));
        scene.Book.Remove(RoomTruth.RoomId, RoomRemoval.Left);

        foreach (var reader in (IAsyncEnumerable<RoomChange>[])[one, other])
        {
            (await All(reader)).Select(VersionOf).Should().Equal(3, 4, 5, 6, 7);
        }
        var twice = async () => await All(one);
        await twice.Should().ThrowAsync<InvalidOperationException>();
    }

    [Fact]
    public async Task A_reader_that_is_too_far_behind_is_told_so_once_in_place_of_what_it_missed()
    {
        var slow = scene.Room.ChangesAsync();
        for (var seq = 2; seq <= 1_001; seq++) scene.Book.Take(BookScene.Say(seq));
        var quick = scene.Room.ChangesAsync();
        for (var seq = 1_002; seq <= 1_010; seq++) scene.Book.Take(BookScene.Say(seq));
        scene.Book.Remove(RoomTruth.RoomId, RoomRemoval.Left);

        (await All(quick)).Select(VersionOf).Should().Equal(Enumerable.Range(1_002, 9).Select(seq => (long?)seq));
        var read = await All(slow);
        read[0].Should().Be(new RoomReset(RoomTruth.RoomId));
        read.Skip(1).Select(VersionOf).Should().Equal(Enumerable.Range(1_003, 8).Select(seq => (long?)seq));
    }

    [Fact]
    public async Task A_room_that_was_loaded_afresh_says_so_between_the_changes()
    {
        var changes = scene.Room.ChangesAsync();
        scene.Book.Take(BookScene.Say(2));
        scene.Book.Apply(BookScene.Snapshot(900, BookScene.Say(890)));
        scene.Book.Take(BookScene.Say(901));
        scene.Book.Gear.Close();
        (await All(changes)).Select(VersionOf).Should().Equal(2, null, 901);
    }

    [Fact]
    public async Task Waiting_for_a_change_can_be_given_up()
    {
        using var cancel = new CancellationTokenSource();
        var reading = All(scene.Room.ChangesAsync(cancel.Token));
        await cancel.CancelAsync();
        await reading.Invoking(task => task.WaitAsync(Limit)).Should().ThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public async Task New_messages_come_once_live_or_missed_and_what_was_skipped_is_named()
    {
        var postings = scene.Book.Gear.Postings.Read(default);
        var late = BookScene.Say(4);
        scene.Book.Take(BookScene.Say(2));
        scene.Book.Take(late with { Version = 5, EditedAt = Some.Moment });
        scene.Book.Take(BookScene.Say(3) with { ThreadSeq = 2 });
        scene.Book.Take(late);
        // Missed: one that is new and was edited already, one that is gone again, and an edit of one that was told.
        var news = BookScene.Say(6) with { Version = 8 };
        var gone = BookScene.Say(7) with { Version = 9, DeletedAt = Some.Moment };
        scene.Book.Apply(Some.Sync(RoomTruth.RoomId, "first", 10, reset: false, [news, gone, BookScene.Say(2) with { Version = 10 }]));
        scene.Book.Apply(BookScene.Snapshot(900, BookScene.Say(890)));
        scene.Book.Take(BookScene.Say(901));
        scene.Book.Gear.Close();

        var read = new List<object?>();
        await foreach (var posting in postings) read.Add(posting.Gap ?? (object?)posting.Message!.Seq);
        read.Should().Equal(2L, 3L, 4L, 6L, new MessageGap(RoomTruth.RoomId, 10, 901), 901L);
    }

    [Fact]
    public async Task Messages_that_a_slow_reader_did_not_read_become_one_gap_for_each_room()
    {
        var postings = scene.Book.Gear.Postings.Read(default);
        for (var seq = 2; seq <= 1_500; seq++) scene.Book.Take(BookScene.Say(seq));
        scene.Book.Gear.Close();
        var read = new List<object?>();
        await foreach (var posting in postings) read.Add(posting.Gap ?? (object?)posting.Message!.Seq);
        read[0].Should().Be(new MessageGap(RoomTruth.RoomId, 1, 1_003));
        read.Skip(1).Should().Equal(Enumerable.Range(1_003, 498).Select(seq => (object?)(long)seq));
    }

    private static async Task<List<T>> All<T>(IAsyncEnumerable<T> source)
    {
        var all = new List<T>();
        await foreach (var one in source) all.Add(one);
        return all;
    }

    private static long? VersionOf(RoomChange change) => change switch
    {
        MessageChange message => message.Message.Version,
        MemberChange member => member.Member.Version,
        RoomInfoChange room => room.Room.Version,
        _ => null,
    };
}
