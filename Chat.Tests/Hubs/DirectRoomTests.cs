using Chat.Contracts;
using Chat.Tests.Running;
using static Chat.Tests.Hubs.Scene;

namespace Chat.Tests.Hubs;

/// <summary>Rooms between the same people for ever.</summary>
public sealed class DirectRoomTests
{
    [Fact]
    public async Task Two_who_open_a_direct_room_at_once_open_one_a_hundred_times()
    {
        await using var server = await ChatServer.Start();
        await using var ann = await server.Enter("Ann");
        var opened = new HashSet<Guid>();
        for (var i = 0; i < 100; i++)
        {
            var bob = await server.Enter($"Bob {i}");
            await using var leaving = bob;
            var replies = await Task.WhenAll(
                ann.Hub.OpenDirect(new OpenDirect { UserIds = [bob.User.Id] }),
                bob.Hub.OpenDirect(new OpenDirect { UserIds = [ann.User.Id] }));
            var rooms = replies.Select(reply => Result(reply)).ToList();
            rooms[0].Mine.Room.RoomId.Should().Be(rooms[1].Mine.Room.RoomId);
            rooms.Should().OnlyContain(room => room.Mine.MemberCount == 2 && room.Mine.Head == 3 && room.Snapshot.Members.Count == 2);
            opened.Add(rooms[0].Mine.Room.RoomId).Should().BeTrue();
        }
    }

    [Fact]
    public async Task A_direct_room_is_heard_by_both_seen_by_nobody_else_and_cannot_be_left()
    {
        await using var server = await ChatServer.Start();
        await using var ann = await server.Enter("Ann");
        await using var bob = await server.Enter("Bob");
        await using var eve = await server.Enter("Eve");
        var room = Result(await ann.Hub.OpenDirect(new OpenDirect { UserIds = [bob.User.Id] })).Mine.Room;
        room.Should().Match<Room>(direct => direct.Kind == RoomKind.Direct && direct.Name == "");
        room.Between.Should().BeEquivalentTo([ann.User.Id, bob.User.Id]);
        await ann.Send(room.RoomId, "psst");
        await bob.Hears<Message>(message => message.Text == "psst");

        Result(await bob.Hub.OpenDirect(new OpenDirect { UserIds = [ann.User.Id, bob.User.Id] })).Snapshot.Messages.Should().ContainSingle().Which.Text.Should().Be("psst");
        foreach (var code in (ErrorCode?[])[
            Code(await eve.Hub.JoinRoom(new JoinRoom { RoomId = room.RoomId })), Code(await eve.Hub.GetRoom(new GetRoom { RoomId = room.RoomId })),
            Code(await eve.Hub.SendMessage(new SendMessage { RoomId = room.RoomId, ClientMessageId = Guid.NewGuid(), Text = "hi" }))])
            code.Should().Be(ErrorCode.NotFound);
        Result(await ann.Hub.ListRooms(new ListRooms())).Rooms.Should().NotContain(summary => summary.Room.Kind == RoomKind.Direct);
        (await ann.Hub.LeaveRoom(new LeaveRoom { RoomId = room.RoomId })).Error!.Code.Should().Be(ErrorCode.Forbidden);
        Code(await ann.Hub.Kick(new KickMember { RoomId = room.RoomId, UserId = bob.User.Id })).Should().Be(ErrorCode.Forbidden);
        Code(await ann.Hub.Invite(new MemberReference { RoomId = room.RoomId, UserId = eve.User.Id })).Should().Be(ErrorCode.Forbidden);
        Code(await ann.Hub.UpdateRoom(new UpdateRoom { RoomId = room.RoomId, Topic = "no" })).Should().Be(ErrorCode.Forbidden);
    }

    [Fact]
    public async Task Up_to_ten_meet_directly_and_one_has_notes_for_itself()
    {
        await using var server = await ChatServer.Start();
        await using var ann = await server.Enter("Ann");
        var others = new List<Guid>();
        for (var i = 0; i < 10; i++) others.Add((await server.SignIn($"Guest {i}")).User.Id);
        Result(await ann.Hub.OpenDirect(new OpenDirect { UserIds = others[..9] })).Mine.MemberCount.Should().Be(10);
        Code(await ann.Hub.OpenDirect(new OpenDirect { UserIds = others })).Should().Be(ErrorCode.Invalid);
        Code(await ann.Hub.OpenDirect(new OpenDirect { UserIds = [Guid.NewGuid()] })).Should().Be(ErrorCode.NotFound);
        Result(await ann.Hub.OpenDirect(new OpenDirect { UserIds = [] })).Mine.Room.Between.Should().Equal(ann.User.Id);
    }

    [Fact]
    public async Task Nobody_can_take_the_room_of_two_others_beforehand()
    {
        await using var server = await ChatServer.Start();
        await using var ann = await server.Enter("Ann");
        await using var bob = await server.Enter("Bob");
        await using var eve = await server.Enter("Eve");
        var id = Chat.Hub.Rooms.DirectRooms.IdOf(Chat.Hub.Rooms.DirectRooms.Between([ann.User.Id, bob.User.Id]));
        Code(await eve.Hub.CreateRoom(new CreateRoom { RoomId = id, Name = "trap" })).Should().Be(ErrorCode.Invalid);
        Result(await ann.Hub.OpenDirect(new OpenDirect { UserIds = [bob.User.Id] })).Mine.Room.RoomId.Should().Be(id);
    }
}
