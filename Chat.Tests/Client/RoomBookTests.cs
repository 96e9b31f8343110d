using Chat.Client;
using Chat.Client.Events;
using Chat.Client.Rooms;
using Chat.Client.Sending;
using Chat.Contracts;

namespace Chat.Tests.Client;

public sealed class RoomBookTests : IAsyncDisposable
{
    private static readonly Guid Me = Guid.NewGuid();
    private static readonly Guid RoomId = Guid.NewGuid();

    private readonly EventQueue queue;
    private readonly RoomBook book;
    private readonly Outbox outbox;

    public RoomBookTests()
    {
        var gear = new ClientGear(new ChatClientOptions { Server = new Uri("http://localhost"), MessagesKept = 5 });
        queue = new(gear);
        var events = new ClientEvents(queue, this);
        outbox = new(gear, events);
        book = new(gear, queue, events, outbox);
        Connect(Some.MyRoom(RoomId, Me, head: 3, Snapshot(RoomId, 3)));
    }

    public ValueTask DisposeAsync() => queue.DisposeAsync();

    [Fact]
    public void A_live_message_before_the_answer_is_kept_for_it()
    {
        book.Expect();
        book.Take(Some.Message(RoomId, 5)).Should().BeFalse();
        Room.Messages.Should().BeEmpty();

        var four = Some.Sync(RoomId, "a", head: 4, reset: false, [Some.Message(RoomId, 4)]);
        book.Apply(Some.Connected(Me, "a", Some.MyRoom(RoomId, Me, head: 4, four))).Should().BeEmpty();

        Seqs.Should().Equal(4, 5);
    }

    [Fact]
    public void A_room_with_a_head_above_what_is_known_and_without_a_sync_is_to_be_fetched() =>
        Connect(Some.MyRoom(RoomId, Me, head: 9)).Should().Equal(RoomId);

    [Fact]
    public void A_room_that_the_answer_does_not_name_is_gone()
    {
        Connect();
        book.Rooms.Should().BeEmpty();
    }

    [Fact]
    public void A_restored_store_makes_every_room_be_asked_for_afresh()
    {
        book.Expect();
        book.Apply(Some.Connected(Me, "b", Some.MyRoom(RoomId, Me, head: 2))).Should().Equal(RoomId);
        book.Question(RoomId).Version.Should().Be(0);

        book.Take(Some.Message(RoomId, 3));
        book.Apply(Snapshot(RoomId, 2, "b"));
        Seqs.Should().Equal(3);
    }

    [Fact]
    public void A_room_joined_elsewhere_is_asked_for_and_appears_with_what_came_meanwhile()
    {
        var other = Guid.NewGuid();
        book.Take(Some.Message(other, 6)).Should().BeFalse("nobody said yet that I am in it");
        book.Take(Some.Member(other, 7, Me)).Should().BeTrue();
        book.Take(Some.Message(other, 8)).Should().BeTrue();
        book.Question(other).Should().Be(new SyncRoom { RoomId = other, Version = 0, Epoch = "" });

        book.Apply(Snapshot(other, 7));

        book.Find(other)!.Messages.Select(m => m.Seq).Should().Equal(8);
        book.IsBehind(other).Should().BeFalse();
    }

    [Theory]
    [InlineData(MemberState.Left)]
    [InlineData(MemberState.Kicked)]
    [InlineData(MemberState.Banned)]
    public void A_room_goes_when_the_user_is_no_longer_in_it(MemberState state)
    {
        book.Take(Some.Member(RoomId, 4, Me, state));
        book.Find(RoomId).Should().BeNull();
    }

    [Fact]
    public void A_store_that_went_back_without_another_epoch_is_taken_afresh()
    {
        book.Expect();
        book.Apply(Some.Connected(Me, "a", Some.MyRoom(RoomId, Me, head: 2, Snapshot(RoomId, 2)))).Should().BeEmpty();
        Room.Head.Should().Be(2);
        book.Take(Some.Message(RoomId, 3)).Should().BeFalse();
        Seqs.Should().EndWith([3L]);
    }

    [Fact]
    public void Somebody_else_signed_in_finds_nothing_of_the_former_user()
    {
        var former = Room;
        book.Expect();
        book.Apply(Some.Connected(Guid.NewGuid(), "a", Some.MyRoom(RoomId, Me, head: 3))).Should().Equal(RoomId);
        book.Find(RoomId).Should().NotBeSameAs(former);
    }

    [Fact]
    public void Only_the_newest_messages_are_kept()
    {
        for (var seq = 4; seq <= 12; seq++) book.Take(Some.Message(RoomId, seq));
        Seqs.Should().Equal(8, 9, 10, 11, 12);
        Room.HasOlder.Should().BeTrue();

        book.Take(Some.Message(RoomId, 4, version: 13));
        Seqs.Should().Equal(8, 9, 10, 11, 12);
        Room.Head.Should().Be(13);
    }

    [Fact]
    public void Unread_counts_messages_of_others_until_they_are_read_or_deleted()
    {
        var four = Some.Message(RoomId, 4);
        book.Take(four);
        book.Take(Some.Message(RoomId, 5, author: Me));
        book.Take(Some.Message(RoomId, 6) with { Kind = MessageKind.System });
        book.Take(Some.Message(RoomId, 8));
        Room.Unread.Should().Be(1);
        book.Take(four with { Version = 7, Text = "edited" });
        Room.Unread.Should().Be(2);

        book.Take(four with { Version = 9, DeletedAt = Some.Moment });
        Room.Unread.Should().Be(1);

        Room.Move(new ReadMarker { RoomId = RoomId, UserId = Me, Seq = 8, Unread = 0, Head = 9 });
        Room.Unread.Should().Be(0);
    }

    [Fact]
    public void What_the_client_cannot_count_it_asks_for_until_the_count_is_of_its_own_moment()
    {
        Connect(Some.MyRoom(RoomId, Me, head: 40, readSeq: 3, unread: 37));
        book.Apply(Some.Sync(RoomId, "a", head: 40, reset: false, []));
        book.Doubt(RoomId).Should().BeNull();
        book.Take(Some.Message(RoomId, 10, version: 41) with { DeletedAt = Some.Moment });
        book.Doubt(RoomId).Should().Be(new MarkRead { RoomId = RoomId, Seq = 3 }, "the deleted message was unread, or not: it is not held here");

        book.Take(Some.Message(RoomId, 42));
        Room.Move(new ReadMarker { RoomId = RoomId, UserId = Me, Seq = 3, Unread = 36, Head = 41 });
        book.Doubt(RoomId).Should().NotBeNull("it was counted before the last message");
        Room.Move(new ReadMarker { RoomId = RoomId, UserId = Me, Seq = 3, Unread = 37, UnreadMentions = 1, Head = 42 });
        book.Doubt(RoomId).Should().BeNull();
        (Room.Unread, Room.UnreadMentions).Should().Be((37, 1));
    }

    [Fact]
    public void A_message_in_a_thread_is_told_but_is_not_among_the_room_s_and_counts_only_where_it_calls_the_user()
    {
        book.Take(Some.Message(RoomId, 4) with { ThreadSeq = 3 });
        book.Take(Some.Message(RoomId, 5) with { ThreadSeq = 3, Mentions = [new Mention { UserId = Me, Name = "me" }] });
        Seqs.Should().BeEmpty();
        Room.Head.Should().Be(5);
        (Room.Unread, Room.UnreadMentions).Should().Be((0, 1));
    }

    [Fact]
    public void The_server_s_count_at_connecting_is_not_counted_again_by_its_sync()
    {
        var sync = Some.Sync(RoomId, "a", head: 5, reset: false, [Some.Message(RoomId, 4), Some.Message(RoomId, 5)]);
        Connect(Some.MyRoom(RoomId, Me, head: 5, sync, readSeq: 3, unread: 2));
        Room.Unread.Should().Be(2);
        book.Take(Some.Message(RoomId, 6));
        Room.Unread.Should().Be(3);
    }

    [Fact]
    public void Members_are_counted_as_they_come_and_go()
    {
        var ben = Some.Member(RoomId, 4);
        book.Take(ben);
        Room.MemberCount.Should().Be(2);
        book.Take(ben with { Version = 5, Role = MemberRole.Moderator });
        Room.MemberCount.Should().Be(2);
        book.Take(ben with { Version = 6, State = MemberState.Left });
        Room.MemberCount.Should().Be(1);
        Room.Members.Should().ContainSingle().Which.UserId.Should().Be(Me);
    }

    [Fact]
    public void An_answer_that_live_records_have_overtaken_does_not_count_members_anew()
    {
        book.Take(Some.Member(RoomId, 4));
        book.Take(Some.Message(RoomId, 5));
        book.Apply(Some.Sync(RoomId, "a", head: 3, reset: false, [], memberCount: 1));
        Room.MemberCount.Should().Be(2);
        book.Apply(Some.Sync(RoomId, "a", head: 5, reset: false, [], memberCount: 3));
        Room.MemberCount.Should().Be(3, "the server knows better at the same version");
    }

    private ChatRoom Room => book.Find(RoomId)!;

    private IEnumerable<long> Seqs => Room.Messages.Select(m => m.Seq);

    [Fact]
    public async Task What_was_sent_is_shown_as_sent_until_it_is_in_the_room()
    {
        var item = Sent(out var message);
        outbox.Shown().Should().ContainSingle().Which.State.Should().Be(OutgoingState.Sent);
        book.Take(message).Should().BeTrue("a change below it is missing");
        outbox.Shown().Should().ContainSingle();
        book.Take(Some.Message(RoomId, 4));
        outbox.Shown().Should().BeEmpty();
        (await item.Answer).Should().Be(message);
    }

    [Fact]
    public void What_was_sent_is_in_a_room_that_is_loaded_afresh_or_gone_with_it()
    {
        Sent(out _);
        book.Apply(Snapshot(RoomId, 600));
        outbox.Shown().Should().BeEmpty();

        Sent(out _);
        book.Remove(RoomId, RoomRemoval.Left);
        outbox.Shown().Should().BeEmpty();
    }

    [Fact]
    public async Task What_came_by_a_sync_before_its_answer_is_sent_no_more()
    {
        var (_, answer) = outbox.AddAwaited(Request(out var id));
        var message = Some.Message(RoomId, 4, author: Me) with { ClientMessageId = id };
        book.Apply(Some.Sync(RoomId, "a", 4, reset: false, [message]));
        outbox.Next(RoomId).Should().BeNull();
        (await answer).Should().Be(message);
    }

    [Fact]
    public void What_was_sent_and_is_known_already_or_in_no_room_that_is_held_is_not_shown_as_on_its_way()
    {
        Sent(out var message);
        book.Take(message with { Version = 2, Seq = 2, ThreadSeq = 1 });
        outbox.Shown().Should().BeEmpty("a snapshot leaves replies in threads out, and nothing tells them again");

        Sent(out message);
        book.Remove(RoomId, RoomRemoval.Left);
        Sent(out message);
        book.Take(message);
        outbox.Shown().Should().BeEmpty();
    }

    private OutboxItem Sent(out Message message)
    {
        var item = outbox.Add(Request(out var id));
        message = Some.Message(RoomId, 5, author: Me) with { ClientMessageId = id };
        outbox.Sent(item);
        return item;
    }

    private static SendMessage Request(out Guid id) =>
        new() { RoomId = RoomId, ClientMessageId = id = Guid.NewGuid(), Text = "mine" };

    private IReadOnlyList<Guid> Connect(params MyRoom[] rooms)
    {
        book.Expect();
        return book.Apply(Some.Connected(Me, "a", rooms));
    }

    private static RoomSync Snapshot(Guid room, long head, string epoch = "a") =>
        Some.Sync(room, epoch, head, reset: true, [Some.Room(room), Some.Member(room, 2, Me)]);
}
