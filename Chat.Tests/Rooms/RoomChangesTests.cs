using Chat.Contracts;
using Chat.Hub.Rooms;

namespace Chat.Tests.Rooms;

/// <summary>The rules alone: no store, no socket, no clock.</summary>
public sealed class RoomChangesTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.Parse("2026-01-31T12:00:00Z", null);
    private readonly Ledger ledger = new();
    private readonly Guid roomId = Guid.NewGuid();
    private readonly Speaker ann = new(Guid.NewGuid(), "Ann", UserKind.Guest);
    private readonly Speaker bob = new(Guid.NewGuid(), "Bob", UserKind.Account);

    private RoomLedger Room => ledger.Room(roomId);

    public RoomChangesTests() => Do(new FoundRoom(ann, new CreateRoom { RoomId = roomId, Name = "tea" })).Should().BeNull();

    [Fact]
    public void A_new_room_begins_with_itself_its_owner_and_a_welcome()
    {
        Room.Written.Select(record => record.Version).Should().Equal(1, 2, 3);
        Room.Written[0].Should().BeOfType<Room>();
        Room.Written[1].Should().BeOfType<Member>().Which.Role.Should().Be(MemberRole.Owner);
        Room.Written[2].Should().BeOfType<Message>().Which.System!.Kind.Should().Be(SystemEventKind.Welcome);
        Room.Seats.Should().Be(1);
    }

    [Fact]
    public void Every_record_takes_exactly_the_next_number()
    {
        Do(new EnterRoom(bob, roomId));
        Do(Post(bob, "hi"));
        Do(new QuitRoom(bob, roomId));
        Room.Written.Select(record => record.Version).Should().Equal(Enumerable.Range(1, 8).Select(n => (long)n));
        Room.Written.OfType<Message>().Should().OnlyContain(message => message.Seq == message.Version);
        Room.Head.Should().Be(8);
    }

    [Fact]
    public void A_refusal_takes_no_number()
    {
        Do(Post(bob, "let me in"))!.Code.Should().Be(ErrorCode.NotAMember);
        Room.Head.Should().Be(3);
    }

    [Fact]
    public void A_repeat_is_answered_with_the_first_record_and_takes_no_number()
    {
        var post = Post(ann, "once");
        var first = post.Decide(Room, Now);
        var record = Room.Append(first.Drafts[0]);
        post.Decide(Room, Now.AddDays(30)).Before.Should().Equal(record);
        Room.Head.Should().Be(4);
    }

    [Fact]
    public void A_repeat_is_answered_even_after_leaving()
    {
        var post = Post(ann, "once");
        Do(post);
        Do(new QuitRoom(ann, roomId));
        post.Decide(Room, Now).Before.Should().ContainSingle();
    }

    [Fact]
    public void The_same_id_for_another_text_or_room_is_a_conflict()
    {
        var post = Post(ann, "once");
        Do(post);
        Do(post with { Request = post.Request with { Text = "twice" } })!.Code.Should().Be(ErrorCode.Conflict);
        Do(post with { Request = post.Request with { ReplyToSeq = 3 } })!.Code.Should().Be(ErrorCode.Conflict);
        var other = Guid.NewGuid();
        Do(new FoundRoom(ann, new CreateRoom { RoomId = other, Name = "coffee" }));
        Do(new PostMessage(ann, post.Request with { RoomId = other }))!.Code.Should().Be(ErrorCode.Conflict);
    }

    [Fact]
    public void Two_people_may_use_the_same_id()
    {
        Do(new EnterRoom(bob, roomId));
        var post = Post(ann, "hi");
        Do(post).Should().BeNull();
        Do(post with { Author = bob }).Should().BeNull();
    }

    [Fact]
    public void A_reply_needs_a_message_that_is_there()
    {
        Do(Post(ann, "what?", replyTo: 99))!.Code.Should().Be(ErrorCode.NotFound);
        Do(Post(ann, "yes", replyTo: 3)).Should().BeNull();
    }

    [Fact]
    public void The_muted_wait_and_the_banned_stay_out()
    {
        Do(new EnterRoom(bob, roomId));
        Room.Members[bob.UserId] = Room.Members[bob.UserId] with { MutedUntil = Now.AddMinutes(1) };
        Do(Post(bob, "hm"))!.Should().Match<Error>(error => error.Code == ErrorCode.Muted && error.RetryAfterMs == 60_000);

        Room.Members[bob.UserId] = Room.Members[bob.UserId] with { State = MemberState.Banned, BannedUntil = Now.AddHours(1) };
        Do(new EnterRoom(bob, roomId))!.Code.Should().Be(ErrorCode.Banned);
        new EnterRoom(bob, roomId).Decide(Room, Now.AddHours(2)).Refusal.Should().BeNull();
    }

    [Fact]
    public void The_last_seat_is_the_last()
    {
        Room.Room = Room.Room! with { SeatLimit = 2 };
        Do(new EnterRoom(bob, roomId)).Should().BeNull();
        Do(new EnterRoom(new Speaker(Guid.NewGuid(), "Eve", UserKind.Guest), roomId))!.Code.Should().Be(ErrorCode.RoomFull);
        Do(new EnterRoom(bob, roomId)).Should().BeNull("who is in already needs no seat");
        Do(new QuitRoom(bob, roomId));
        Do(new EnterRoom(new Speaker(Guid.NewGuid(), "Eve", UserKind.Guest), roomId)).Should().BeNull();
    }

    [Fact]
    public void A_private_room_looks_like_none_to_others()
    {
        var secret = Guid.NewGuid();
        Do(new FoundRoom(ann, new CreateRoom { RoomId = secret, Name = "secret", Kind = RoomKind.Private }));
        Do(new EnterRoom(bob, secret))!.Code.Should().Be(ErrorCode.NotFound);
        Do(new PostMessage(bob, new SendMessage { RoomId = secret, ClientMessageId = Guid.NewGuid(), Text = "?" }))!.Code.Should().Be(ErrorCode.NotFound);
    }

    [Fact]
    public void Public_names_are_taken_whatever_the_case_private_ones_are_not()
    {
        Do(new FoundRoom(bob, new CreateRoom { RoomId = Guid.NewGuid(), Name = "TEA" }))!.Code.Should().Be(ErrorCode.NameTaken);
        Do(new FoundRoom(bob, new CreateRoom { RoomId = Guid.NewGuid(), Name = "TEA", Kind = RoomKind.Private })).Should().BeNull();
    }

    private PostMessage Post(Speaker author, string text, long? replyTo = null) =>
        new(author, new SendMessage { RoomId = roomId, ClientMessageId = Guid.NewGuid(), Text = text, ReplyToSeq = replyTo });

    private Error? Do(RoomChange change)
    {
        var room = ledger.Room(change.RoomId);
        var decision = change.Decide(room, Now);
        foreach (var draft in decision.Drafts) room.Append(draft);
        return decision.Refusal;
    }
}
