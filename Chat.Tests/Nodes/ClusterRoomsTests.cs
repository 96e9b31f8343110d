using Chat.Contracts;
using Chat.Hub.Rooms;
using Chat.Tests.Hubs;
using Chat.Tests.Running;

namespace Chat.Tests.Nodes;

/// <summary>What rooms promise, over several nodes on one PostgreSQL.</summary>
public sealed class ClusterRoomsTests
{
    [Fact]
    public async Task Seats_hold_direct_rooms_are_one_and_links_count_however_many_nodes_are_asked_at_once()
    {
        await using var cluster = await Cluster.Start(3);
        await using var ann = await cluster[0].Enter("Ann");
        var (roomId, linked) = (Guid.NewGuid(), Guid.NewGuid());
        Scene.Result(await ann.Hub.CreateRoom(new CreateRoom { RoomId = roomId, Name = "tea", SeatLimit = 11 }));
        Scene.Result(await ann.Hub.CreateRoom(new CreateRoom { RoomId = linked, Name = "links", Kind = RoomKind.Private }));
        var link = Scene.Result(await ann.Hub.CreateInviteLink(new CreateInviteLink { RoomId = linked, LinkId = Guid.NewGuid(), MaxUses = 7 }));
        var guests = new List<Guest>();
        for (var i = 0; i < 36; i++) guests.Add(await cluster[i % 3].Enter($"Guest {i}"));
        try
        {
            var joins = await Task.WhenAll(guests.Select(guest => guest.Hub.JoinRoom(new JoinRoom { RoomId = roomId })));
            joins.Count(reply => reply.Result is not null).Should().Be(10);
            joins.Where(reply => reply.Error is not null).Should().OnlyContain(reply => reply.Error!.Code == ErrorCode.RoomFull);

            var links = await Task.WhenAll(guests.Select(guest => guest.Hub.JoinRoom(new JoinRoom { RoomId = linked, InviteCode = link.Code })));
            links.Count(reply => reply.Result is not null).Should().Be(7);

            for (var i = 0; i < 12; i++)
            {
                var (one, other) = (guests[3 * i], guests[(3 * i) + 1]);
                var met = await Task.WhenAll(
                    one.Hub.OpenDirect(new OpenDirect { UserIds = [other.User.Id] }), other.Hub.OpenDirect(new OpenDirect { UserIds = [one.User.Id] }));
                Scene.Result(met[0]).Mine.Room.Should().BeEquivalentTo(Scene.Result(met[1]).Mine.Room);
                var said = await one.Send(met[0].Result!.Mine.Room.RoomId, "psst");
                (await other.Hears<Message>(message => message.Id == said.Id)).Text.Should().Be("psst");
            }
        }
        finally
        {
            foreach (var guest in guests) await guest.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_kick_a_deletion_and_an_invitation_act_on_other_nodes_within_a_second()
    {
        await using var cluster = await Cluster.Start(2);
        await using var ann = await cluster[0].Enter("Ann");
        await using var bob = await cluster[1].Enter("Bob");
        await using var cid = await cluster[1].Enter("Cid");
        var roomId = Guid.NewGuid();
        Scene.Result(await ann.Hub.CreateRoom(new CreateRoom { RoomId = roomId, Name = "tea" }));
        foreach (var guest in (Guest[])[bob, cid]) Scene.Result(await guest.Hub.JoinRoom(new JoinRoom { RoomId = roomId }));
        await ann.Send(roomId, "before");
        foreach (var guest in (Guest[])[bob, cid]) await guest.Hears<Message>(message => message.Text == "before");

        var second = TimeSpan.FromSeconds(1);
        Scene.Result(await ann.Hub.Kick(new KickMember { RoomId = roomId, UserId = bob.User.Id }));
        for (var i = 0; i < 10; i++) await ann.Send(roomId, $"after {i}");
        await cid.Hears<Message>(message => message.Text == "after 9");
        await ann.Send(FirstRooms.General, "elsewhere");
        await bob.Hears<Message>(message => message.Text == "elsewhere");
        await bob.Hears<Member>(member => member.State == MemberState.Kicked && member.UserId == bob.User.Id, second);
        bob.Heard<Message>().Should().NotContain(message => message.Text.StartsWith("after", StringComparison.Ordinal));

        Scene.Result(await ann.Hub.Invite(new MemberReference { RoomId = roomId, UserId = bob.User.Id }));
        await bob.Hears<Invitation>(invitation => invitation.Room.Room.RoomId == roomId, second);
        (await ann.Hub.DeleteRoom(new DeleteRoom { RoomId = roomId, Reason = "over" })).Error.Should().BeNull();
        (await cid.Hears<RoomDeleted>(deleted => deleted.RoomId == roomId, second)).Reason.Should().Be("over");
    }
}
