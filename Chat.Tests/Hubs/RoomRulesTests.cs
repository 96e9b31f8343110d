using Chat.Contracts;
using Chat.Tests.Running;
using static Chat.Tests.Hubs.Scene;

namespace Chat.Tests.Hubs;

/// <summary>Passwords, seats, names, and the end of rooms.</summary>
public sealed class RoomRulesTests
{
    [Fact]
    public async Task A_password_lets_in_who_knows_it_and_can_be_changed_and_taken_away()
    {
        await using var scene = await With(["Ann"], room => room with { Password = "sesame" });
        var bob = await scene.Enter("Bob");
        Code(await bob.Hub.JoinRoom(new JoinRoom { RoomId = scene.RoomId })).Should().Be(ErrorCode.WrongPassword);
        Code(await bob.Hub.JoinRoom(new JoinRoom { RoomId = scene.RoomId, Password = "Sesame" })).Should().Be(ErrorCode.WrongPassword);
        Result(await bob.Hub.JoinRoom(new JoinRoom { RoomId = scene.RoomId, Password = "sesame" })).Mine.Room.HasPassword.Should().BeTrue();

        Result(await scene[0].Hub.UpdateRoom(new UpdateRoom { RoomId = scene.RoomId, Password = "other" }));
        (await bob.Hears<Message>(message => message.System is { Kind: SystemEventKind.RulesChanged })).Text.Should().Contain("another password").And.NotContain("other.");
        var cid = await scene.Enter("Cid");
        Code(await cid.Hub.JoinRoom(new JoinRoom { RoomId = scene.RoomId, Password = "sesame" })).Should().Be(ErrorCode.WrongPassword);
        Result(await scene[0].Hub.UpdateRoom(new UpdateRoom { RoomId = scene.RoomId, Password = "" })).HasPassword.Should().BeFalse();
        Result(await cid.Hub.JoinRoom(new JoinRoom { RoomId = scene.RoomId }));
    }

    [Fact]
    public async Task Guessing_a_password_is_slowed_and_nobody_else_is_locked_out()
    {
        await using var scene = await With(["Ann"], room => room with { Password = "sesame" });
        var (mallory, bob) = (await scene.Enter("Mallory"), await scene.Enter("Bob"));
        var answers = new List<Error>();
        for (var i = 0; i < 20; i++) answers.Add((await mallory.Hub.JoinRoom(new JoinRoom { RoomId = scene.RoomId, Password = $"guess {i}" })).Error!);
        answers.Select(error => error.Code).Should().Equal([.. Enumerable.Repeat(ErrorCode.WrongPassword, 5), .. Enumerable.Repeat(ErrorCode.RateLimited, 15)]);
        answers[^1].RetryAfterMs.Should().BeInRange(1, 60_000);
        Code(await mallory.Hub.JoinRoom(new JoinRoom { RoomId = scene.RoomId, Password = "sesame" })).Should().Be(ErrorCode.RateLimited, "the right one is a guess too");

        Result(await bob.Hub.JoinRoom(new JoinRoom { RoomId = scene.RoomId, Password = "sesame" }));
        var other = Guid.NewGuid();
        Result(await scene[0].Hub.CreateRoom(new CreateRoom { RoomId = other, Name = "coffee", Password = "beans" }));
        Result(await mallory.Hub.JoinRoom(new JoinRoom { RoomId = other, Password = "beans" }));
    }

    [Fact]
    public async Task A_hundred_who_come_at_once_take_exactly_the_seats_there_are()
    {
        await using var scene = await With(["Ann"], room => room with { SeatLimit = 11 });
        var guests = new List<Guest>();
        for (var i = 0; i < 100; i++) guests.Add(await scene.Enter($"Guest {i}"));
        var replies = await Task.WhenAll(guests.Select(guest => guest.Hub.JoinRoom(new JoinRoom { RoomId = scene.RoomId })));
        replies.Count(reply => reply.Result is not null).Should().Be(10);
        replies.Where(reply => reply.Error is not null).Should().OnlyContain(reply => reply.Error!.Code == ErrorCode.RoomFull);
        Result(await scene[0].Hub.ListMembers(new ListMembers { RoomId = scene.RoomId })).MemberCount.Should().Be(11);

        var inside = guests.Zip(replies).First(pair => pair.Second.Result is not null).First;
        await inside.Hub.LeaveRoom(new LeaveRoom { RoomId = scene.RoomId });
        Result(await guests.Zip(replies).First(pair => pair.Second.Error is not null).First.Hub.JoinRoom(new JoinRoom { RoomId = scene.RoomId }));
    }

    [Fact]
    public async Task A_room_gets_another_name_that_is_free_and_a_member_may_not_give_it()
    {
        await using var scene = await With(["Ann", "Bob"]);
        Code(await scene[1].Hub.UpdateRoom(new UpdateRoom { RoomId = scene.RoomId, Name = "Bob's" })).Should().Be(ErrorCode.Forbidden);
        Code(await scene[0].Hub.UpdateRoom(new UpdateRoom { RoomId = scene.RoomId, Name = "GENERAL" })).Should().Be(ErrorCode.NameTaken);
        Result(await scene[0].Hub.UpdateRoom(new UpdateRoom { RoomId = scene.RoomId, Name = "Tea", Topic = "green" }));
        (await scene[1].Hears<Room>(room => room.RoomId == scene.RoomId && room.Topic == "green")).Name.Should().Be("Tea");

        var hidden = Guid.NewGuid();
        Result(await scene[1].Hub.CreateRoom(new CreateRoom { RoomId = hidden, Name = "general", Kind = RoomKind.Private }));
        Code(await scene[1].Hub.UpdateRoom(new UpdateRoom { RoomId = hidden, Kind = RoomKind.Public })).Should().Be(ErrorCode.NameTaken, "a private one may have any name");
        Result(await scene[1].Hub.UpdateRoom(new UpdateRoom { RoomId = hidden, Kind = RoomKind.Public, Name = "lobby" })).Kind.Should().Be(RoomKind.Public);
    }

    [Fact]
    public async Task An_archived_room_can_be_read_but_not_written_until_it_is_opened_again()
    {
        await using var scene = await With(["Ann", "Bob"]);
        var said = await scene.Say(1, "last words");
        Result(await scene[0].Hub.UpdateRoom(new UpdateRoom { RoomId = scene.RoomId, IsArchived = true })).ArchivedAt.Should().NotBeNull();
        Code(await scene[1].Hub.SendMessage(new SendMessage { RoomId = scene.RoomId, ClientMessageId = Guid.NewGuid(), Text = "no" })).Should().Be(ErrorCode.Forbidden);
        Code(await scene[1].Hub.EditMessage(new EditMessage { RoomId = scene.RoomId, Seq = said.Seq, Text = "no" })).Should().Be(ErrorCode.Forbidden);
        Code(await scene[1].Hub.SetReaction(new SetReaction { RoomId = scene.RoomId, Seq = said.Seq, Emoji = "👍" })).Should().Be(ErrorCode.Forbidden);
        Result(await scene[1].Hub.GetHistory(new GetHistory { RoomId = scene.RoomId })).Messages.Should().Contain(message => message.Text == "last words");

        Result(await scene[0].Hub.UpdateRoom(new UpdateRoom { RoomId = scene.RoomId, IsArchived = false, Topic = "again" }));
        await scene.Say(1, "back");
    }

    [Fact]
    public async Task A_deleted_room_is_gone_for_everybody_with_the_reason_and_its_name_is_free()
    {
        await using var scene = await With(["Ann", "Bob"]);
        await using var away = new Guest(scene.Server.Address, scene[1].SignedIn, Wire.Json);
        var head = (await scene.Say(0, "secret")).Version;
        (await scene[1].Hub.DeleteRoom(new DeleteRoom { RoomId = scene.RoomId })).Error!.Code.Should().Be(ErrorCode.Forbidden);
        (await scene[0].Hub.DeleteRoom(new DeleteRoom { RoomId = scene.RoomId, Reason = "moved" })).Error.Should().BeNull();
        (await scene[0].Hub.DeleteRoom(new DeleteRoom { RoomId = scene.RoomId, Reason = "moved" })).Error.Should().BeNull("a repeat after a lost answer");
        (await scene[1].Hears<RoomDeleted>(deleted => deleted.RoomId == scene.RoomId)).Reason.Should().Be("moved");

        await away.Start(new Connect { ContractVersion = ChatContract.Version, Epoch = scene[1].Connected.Epoch, Known = [new RoomHead { RoomId = scene.RoomId, Head = head }] });
        away.Connected.Rooms.Should().NotContain(room => room.Room.RoomId == scene.RoomId);
        away.Connected.Deleted.Should().ContainSingle().Which.Reason.Should().Be("moved");
        Code(await scene[0].Hub.GetHistory(new GetHistory { RoomId = scene.RoomId })).Should().Be(ErrorCode.NotAMember);
        Result(await scene[0].Hub.Search(new SearchMessages { Text = "secret" })).Hits.Should().BeEmpty();
        Result(await scene[0].Hub.CreateRoom(new CreateRoom { RoomId = Guid.NewGuid(), Name = "tea" }));
    }

    [Fact]
    public async Task A_temporary_room_goes_when_nobody_has_been_in_it_for_a_while_and_an_ordinary_one_stays()
    {
        await using var scene = await With(["Ann", "Bob"], room => room with { IsTemporary = true }, ("Chat:Rooms:EmptyRoomSeconds", "1"));
        var ordinary = Guid.NewGuid();
        Result(await scene[0].Hub.CreateRoom(new CreateRoom { RoomId = ordinary, Name = "ordinary" }));
        foreach (var roomId in (Guid[])[scene.RoomId, ordinary]) await scene[0].Hub.LeaveRoom(new LeaveRoom { RoomId = roomId });
        Result(await scene[1].Hub.GetRoom(new GetRoom { RoomId = scene.RoomId })).MemberCount.Should().Be(1);
        await scene[1].Hub.LeaveRoom(new LeaveRoom { RoomId = scene.RoomId });
        await Waiting.Until(async () => Code(await scene[1].Hub.GetRoom(new GetRoom { RoomId = scene.RoomId })) is ErrorCode.NotFound);
        Result(await scene[1].Hub.GetRoom(new GetRoom { RoomId = ordinary })).MemberCount.Should().Be(0);
    }

    [Fact]
    public async Task When_the_owner_leaves_the_room_goes_on_and_the_last_one_finds_it_again()
    {
        await using var scene = await With(["Ann", "Bob", "Cid"], room => room with { Kind = RoomKind.Public });
        Result(await scene[0].Hub.SetRole(new SetRole { RoomId = scene.RoomId, UserId = scene[2].User.Id, Role = MemberRole.Moderator }));
        Result(await scene[0].Hub.UpdateRoom(new UpdateRoom { RoomId = scene.RoomId, Kind = RoomKind.Private }));
        (await scene[0].Hub.LeaveRoom(new LeaveRoom { RoomId = scene.RoomId })).Error.Should().BeNull();
        await scene[1].Hears<Member>(member => member.UserId == scene[2].User.Id && member.Role == MemberRole.Owner);

        await scene[1].Hub.LeaveRoom(new LeaveRoom { RoomId = scene.RoomId });
        await scene[2].Hub.LeaveRoom(new LeaveRoom { RoomId = scene.RoomId });
        Code(await scene[1].Hub.JoinRoom(new JoinRoom { RoomId = Guid.NewGuid() })).Should().Be(ErrorCode.NotFound);
        Result(await scene[2].Hub.JoinRoom(new JoinRoom { RoomId = scene.RoomId })).Mine.Membership.Role.Should().Be(MemberRole.Owner);
        Code(await scene[1].Hub.JoinRoom(new JoinRoom { RoomId = scene.RoomId })).Should().Be(ErrorCode.NotFound, "it is private, and somebody is in it");
    }
}
