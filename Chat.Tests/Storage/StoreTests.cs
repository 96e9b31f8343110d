using Chat.Contracts;
using Chat.Hub.Rooms;
using Chat.Hub.Storage;

namespace Chat.Tests.Storage;

/// <summary>What every store promises: run against each.</summary>
public abstract partial class StoreTests : IAsyncLifetime
{
    private readonly StoreFixture fixture;

    private protected StoreTests(StoreFixture fixture) => this.fixture = fixture;

    private IRoomStore Store => fixture.Store;

    public Task InitializeAsync() => fixture.Open();

    public Task DisposeAsync() => fixture.Close();

    [Fact]
    public async Task What_was_committed_is_there_after_reopening_field_by_field()
    {
        await fixture.FoundRoom();
        await fixture.Post("你好 👋🏽 \"quoted\" \r\n\t ' ; drop table messages");
        var before = await fixture.Sync(0);
        await fixture.Open();
        (await fixture.Sync(0)).Should().BeEquivalentTo(before);
        before.Messages[^1].Text.Should().Be("你好 👋🏽 \"quoted\" \r\n\t ' ; drop table messages");
        before.Messages[0].System.Should().BeEquivalentTo(new { Kind = SystemEventKind.Welcome, ActorName = "Ann", Value = "tea" });
    }

    [Fact]
    public async Task A_repeat_after_a_restart_adds_nothing_and_another_text_is_a_conflict()
    {
        await fixture.FoundRoom();
        var id = Guid.NewGuid();
        (await fixture.Post("once", id)).Should().BeNull();
        await fixture.Open();
        (await fixture.Post("once", id)).Should().BeNull();
        (await fixture.Post("twice", id))!.Code.Should().Be(ErrorCode.Conflict);
        (await fixture.Sync(3)).Should().Match<RoomSync>(sync => sync.Head == 4 && sync.Messages.Count == 1);
    }

    [Fact]
    public async Task Ten_thousand_messages_page_through_both_ways_each_once_in_order()
    {
        await fixture.FoundRoom();
        for (var i = 0; i < 20; i++) await fixture.PostMany(500);

        var down = new List<Message>();
        for (var page = await fixture.History(limit: 200); ; page = await fixture.History(before: page.Messages[0].Seq, limit: 200))
        {
            page.Messages.Count.Should().BeLessThanOrEqualTo(200);
            down.InsertRange(0, page.Messages);
            if (!page.HasOlder) break;
        }
        down.Select(message => message.Seq).Should().Equal(Enumerable.Range(3, 10_001).Select(n => (long)n));

        var up = new List<Message>();
        for (var page = await fixture.History(after: 0, limit: 200); ; page = await fixture.History(after: page.Messages[^1].Seq, limit: 200))
        {
            up.AddRange(page.Messages);
            if (!page.HasNewer) break;
        }
        up.Should().BeEquivalentTo(down, options => options.WithStrictOrdering().ComparingByValue<Message>().Using<Message>(c => c.Subject.Seq.Should().Be(c.Expectation.Seq)).WhenTypeIs<Message>());
    }

    [Fact]
    public async Task A_page_around_a_message_has_both_sides()
    {
        await fixture.FoundRoom();
        await fixture.PostMany(100);
        var page = await fixture.History(around: 50, limit: 10);
        page.Messages.Select(message => message.Seq).Should().Equal(46, 47, 48, 49, 50, 51, 52, 53, 54, 55);
        page.Should().Match<History>(history => history.HasOlder && history.HasNewer);
        (await fixture.History(around: 103, limit: 4)).Should().Match<History>(history => history.HasOlder && !history.HasNewer);
    }

    [Fact]
    public async Task Long_texts_make_shorter_pages_instead_of_large_answers()
    {
        await fixture.FoundRoom();
        for (var i = 0; i < 45; i++) await fixture.Post(new string('x', 16 * 1024));
        var page = await fixture.History(limit: 200);
        page.Messages.Should().HaveCount(14);
        page.HasOlder.Should().BeTrue();
        (await fixture.Sync(3)).Reset.Should().BeTrue("the changes are more than one answer holds");
    }

    [Fact]
    public async Task Sync_tells_every_change_above_the_version_up_to_the_cap()
    {
        await fixture.FoundRoom();
        await fixture.PostMany(499);
        var sync = await fixture.Sync(3);
        sync.Should().Match<RoomSync>(s => !s.Reset && s.Head == 502 && s.Messages.Count == 499 && s.Room == null);

        await fixture.PostMany(1);
        var reset = await fixture.Sync(3);
        reset.Should().Match<RoomSync>(s => s.Reset && s.Head == 503 && s.Messages.Count == 50 && s.Room != null && s.Members.Count == 1 && s.HasOlder);
    }

    [Fact]
    public async Task Another_epoch_a_version_from_the_future_and_version_zero_are_resets()
    {
        await fixture.FoundRoom();
        (await fixture.Sync(3, "another")).Reset.Should().BeTrue();
        (await fixture.Sync(4)).Reset.Should().BeTrue();
        (await fixture.Sync(0)).Reset.Should().BeTrue();
        (await fixture.Sync(3)).Reset.Should().BeFalse();
        (await fixture.Sync(1)).Should().Match<RoomSync>(s => !s.Reset && s.Members.Count == 1 && s.Messages.Count == 1);
    }

    [Fact]
    public async Task The_epoch_stays_over_restarts_and_changes_once_for_a_restored_backup()
    {
        var epoch = Store.Epoch;
        await fixture.Open();
        Store.Epoch.Should().Be(epoch);
        await fixture.Open("monday");
        var restored = Store.Epoch;
        restored.Should().NotBe(epoch);
        await fixture.Open("monday");
        Store.Epoch.Should().Be(restored);
    }

    [Fact]
    public async Task A_read_marker_goes_forward_only_and_not_past_the_head()
    {
        await fixture.FoundRoom();
        var bob = new Speaker(Guid.NewGuid(), "Bob", UserKind.Guest);
        await fixture.Write(new EnterRoom(bob, fixture.RoomId));
        await fixture.PostMany(10);
        async Task<ReadMarker> Mark(long seq) => (await Store.MarkRead(bob.UserId, new MarkRead { RoomId = fixture.RoomId, Seq = seq }, default)).Marker;
        (await Mark(8)).Should().Match<ReadMarker>(marker => marker.Seq == 8 && marker.Unread == 7);
        (await Mark(3)).Seq.Should().Be(8);
        (await Mark(9_000)).Should().Match<ReadMarker>(marker => marker.Seq == 15 && marker.Unread == 0);
    }

    [Fact]
    public async Task Unread_counts_from_the_joining_also_from_the_second()
    {
        await fixture.FoundRoom();
        await fixture.PostMany(10);
        var bob = new Speaker(Guid.NewGuid(), "Bob", UserKind.Guest);
        async Task<int> Unread() => (await Store.Enter(fixture.RoomId, bob.UserId, default))!.Mine.Unread;
        await fixture.Write(new EnterRoom(bob, fixture.RoomId));
        (await Unread()).Should().Be(0);
        await fixture.PostMany(2);
        (await Unread()).Should().Be(2);
        await fixture.Write(new QuitRoom(bob, fixture.RoomId));
        await fixture.PostMany(3);
        await fixture.Write(new EnterRoom(bob, fixture.RoomId));
        (await Unread()).Should().Be(0);
    }

    [Fact]
    public async Task An_answer_is_bounded_by_what_JSON_makes_of_it()
    {
        await fixture.FoundRoom();
        // An unassigned character: 2 bytes of UTF-8, 6 of JSON.
        for (var i = 0; i < 20; i++) await fixture.Post(new string('\u0378', 8 * 1024));
        (await fixture.History(limit: 200)).Messages.Should().HaveCount(5);
        var around = await fixture.History(around: 13, limit: 100);
        around.Messages.Select(message => message.Seq).Should().Equal(12, 13, 14, 15);
        around.Should().Match<History>(page => page.HasOlder && page.HasNewer);
        (await fixture.History(around: 13, limit: 1)).Messages.Should().ContainSingle().Which.Seq.Should().Be(13);
    }

    [Fact]
    public async Task Rooms_that_one_answer_cannot_hold_are_left_to_a_sync_of_their_own()
    {
        var known = new List<RoomHead>();
        for (var i = 0; i < 6; i++)
        {
            var room = Guid.NewGuid();
            await fixture.Write(new FoundRoom(fixture.Ann, new CreateRoom { RoomId = room, Name = $"Room {i}" }));
            for (var n = 0; n < 15; n++)
                await fixture.Write(new PostMessage(fixture.Ann, new SendMessage { RoomId = room, ClientMessageId = Guid.NewGuid(), Text = new string('"', 16 * 1024) }));
            known.Add(new RoomHead { RoomId = room, Head = 3 });
        }
        var rooms = (await Store.Resume(fixture.Ann.UserId, Guid.Empty, Store.Epoch, known, default)).Rooms;
        rooms.Count(mine => mine.Sync is not null).Should().BeInRange(1, 5);
        System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(rooms, Chat.Contracts.Wire.ChatJson.Options).Length.Should().BeLessThan(1024 * 1024);
        rooms.Should().OnlyContain(mine => mine.Head == 18);
    }

    [Fact]
    public async Task The_same_head_in_another_epoch_is_a_reset()
    {
        await fixture.FoundRoom();
        var rooms = (await Store.Resume(fixture.Ann.UserId, Guid.Empty, "another", [new RoomHead { RoomId = fixture.RoomId, Head = 3 }], default)).Rooms;
        rooms.Single().Sync!.Reset.Should().BeTrue();
    }

    [Fact]
    public async Task The_store_itself_refuses_a_second_message_under_one_id()
    {
        await fixture.FoundRoom();
        await fixture.Post("once");
        const string copy = "insert into messages (room_id, seq, id, version, kind, author_id, author_name, client_message_id, text, created_at) "
            + "select room_id, {0}, id, {0}, kind, author_id, author_name, {1}, text, created_at from messages where seq = 4";
        await fixture.Run(string.Format(null, copy, 98, "null"));
        var insert = () => fixture.Run(string.Format(null, copy, 99, "client_message_id"));
        (await insert.Should().ThrowAsync<System.Data.Common.DbException>()).Which.Message.Should().ContainEquivalentOf("unique constraint").And.Contain("messages");
    }

    [Fact]
    public async Task What_needs_a_write_works_while_a_room_is_refused()
    {
        await fixture.FoundRoom();
        (await fixture.Write(new FoundRoom(fixture.Ann, new CreateRoom { RoomId = Guid.NewGuid(), Name = "TEA" })))!.Code.Should().Be(ErrorCode.NameTaken);
        for (var i = 0; i < 30; i++) (await fixture.Write(new QuitRoom(new Speaker(Guid.NewGuid(), "Nobody", UserKind.Guest), fixture.RoomId)))!.Code.Should().Be(ErrorCode.NotAMember);
        (await fixture.Post("still")).Should().BeNull();
        await Store.Probe(default);
        (await fixture.Sync(3)).Messages.Should().ContainSingle();
    }
}
