using Chat.Contracts;
using Chat.Tests.Running;
using static Chat.Tests.Hubs.Scene;

namespace Chat.Tests.Hubs;

/// <summary>Invitations and invite links.</summary>
public sealed class InviteTests
{
    [Fact]
    public async Task An_invitation_is_heard_at_once_and_with_each_connection_until_it_is_answered()
    {
        await using var scene = await With(["Ann"], room => room with { Kind = RoomKind.Private });
        var bob = await scene.Enter("Bob");
        Code(await bob.Hub.JoinRoom(new JoinRoom { RoomId = scene.RoomId })).Should().Be(ErrorCode.NotFound);
        Code(await bob.Hub.GetRoom(new GetRoom { RoomId = scene.RoomId })).Should().Be(ErrorCode.NotFound);
        Result(await scene[0].Hub.Invite(new MemberReference { RoomId = scene.RoomId, UserId = bob.User.Id })).State.Should().Be(MemberState.Invited);
        var heard = await bob.Hears<Invitation>(_ => true);
        heard.Should().Match<Invitation>(invitation => invitation.InvitedByName == "Ann" && invitation.Room.Room.Name == "tea" && invitation.Room.MemberCount == 1);

        await using var again = new Guest(scene.Server.Address, bob.SignedIn, Wire.MessagePack);
        await again.Start();
        again.Connected.Invitations.Should().ContainSingle().Which.Should().BeEquivalentTo(heard);
        Result(await again.Hub.JoinRoom(new JoinRoom { RoomId = scene.RoomId })).Mine.Membership.InvitedBy.Should().Be(scene[0].User.Id);
        await scene[0].Hears<Message>(message => message.System is { Kind: SystemEventKind.Joined, ActorName: "Bob" });
        await using var third = new Guest(scene.Server.Address, bob.SignedIn, Wire.Json);
        await third.Start();
        third.Connected.Invitations.Should().BeEmpty();
    }

    [Fact]
    public async Task An_invitation_is_turned_down_or_taken_back_and_then_opens_nothing()
    {
        await using var scene = await With(["Ann"], room => room with { Kind = RoomKind.Private });
        var (bob, cid) = (await scene.Enter("Bob"), await scene.Enter("Cid"));
        foreach (var guest in (Guest[])[bob, cid]) Result(await scene[0].Hub.Invite(new MemberReference { RoomId = scene.RoomId, UserId = guest.User.Id }));
        (await bob.Hub.DeclineInvitation(new DeclineInvitation { RoomId = scene.RoomId })).Error.Should().BeNull();
        (await scene[0].Hub.RevokeInvitation(new MemberReference { RoomId = scene.RoomId, UserId = cid.User.Id })).Error.Should().BeNull();
        foreach (var guest in (Guest[])[bob, cid])
        {
            await guest.Hears<InvitationEnded>(ended => ended.RoomId == scene.RoomId);
            Code(await guest.Hub.JoinRoom(new JoinRoom { RoomId = scene.RoomId })).Should().Be(ErrorCode.NotFound);
        }
    }

    [Fact]
    public async Task A_link_lets_in_as_many_as_it_says_until_it_ends()
    {
        await using var scene = await With(["Ann"], room => room with { Kind = RoomKind.Private });
        var request = new CreateInviteLink { RoomId = scene.RoomId, LinkId = Guid.NewGuid(), MaxUses = 3 };
        var link = Result(await scene[0].Hub.CreateInviteLink(request));
        Result(await scene[0].Hub.CreateInviteLink(request)).Code.Should().Be(link.Code, "a repeat makes the same");
        var guests = new List<Guest>();
        for (var i = 0; i < 8; i++) guests.Add(await scene.Enter($"Guest {i}"));
        Result(await guests[0].Hub.LookAtInvite(new LookAtInvite { Code = link.Code })).Room.Name.Should().Be("tea");
        Code(await guests[0].Hub.LookAtInvite(new LookAtInvite { Code = link.Code[..^1] + (link.Code[^1] is 'A' ? 'B' : 'A') })).Should().Be(ErrorCode.NotFound);

        var replies = await Task.WhenAll(guests.Select(guest => guest.Hub.JoinRoom(new JoinRoom { RoomId = scene.RoomId, InviteCode = link.Code })));
        replies.Count(reply => reply.Result is not null).Should().Be(3);
        replies.Where(reply => reply.Error is not null).Should().OnlyContain(reply => reply.Error!.Code == ErrorCode.NotFound);
        Result(await scene[0].Hub.ListInviteLinks(new ListInviteLinks { RoomId = scene.RoomId })).Links.Should().BeEmpty("it is used up");

        var second = Result(await scene[0].Hub.CreateInviteLink(request with { LinkId = Guid.NewGuid(), MaxUses = null, Seconds = 60 }));
        second.ExpiresAt.Should().BeCloseTo(second.CreatedAt.AddSeconds(60), TimeSpan.FromMilliseconds(1));
        (await scene[0].Hub.RevokeInviteLink(new RevokeInviteLink { RoomId = scene.RoomId, LinkId = second.Id })).Error.Should().BeNull();
        var late = guests.Zip(replies).First(pair => pair.Second.Error is not null).First;
        Code(await late.Hub.JoinRoom(new JoinRoom { RoomId = scene.RoomId, InviteCode = second.Code })).Should().Be(ErrorCode.NotFound);
    }

    [Fact]
    public async Task Only_who_may_makes_and_sees_links_and_invites_into_a_private_room()
    {
        await using var scene = await With(["Ann", "Bob"]);
        Result(await scene[0].Hub.UpdateRoom(new UpdateRoom { RoomId = scene.RoomId, Kind = RoomKind.Private }));
        Code(await scene[1].Hub.CreateInviteLink(new CreateInviteLink { RoomId = scene.RoomId, LinkId = Guid.NewGuid() })).Should().Be(ErrorCode.Forbidden);
        Code(await scene[1].Hub.ListInviteLinks(new ListInviteLinks { RoomId = scene.RoomId })).Should().Be(ErrorCode.Forbidden);
        var cid = await scene.Enter("Cid");
        Code(await scene[1].Hub.Invite(new MemberReference { RoomId = scene.RoomId, UserId = cid.User.Id })).Should().Be(ErrorCode.Forbidden);
        Code(await scene[0].Hub.Invite(new MemberReference { RoomId = scene.RoomId, UserId = Guid.NewGuid() })).Should().Be(ErrorCode.NotFound);
    }

    [Fact]
    public async Task An_empty_private_room_opens_for_the_last_who_left_and_for_nobody_who_was_only_invited_or_left_before()
    {
        await using var scene = await With(["Ann", "Bob"]);
        Result(await scene[0].Hub.UpdateRoom(new UpdateRoom { RoomId = scene.RoomId, Kind = RoomKind.Private }));
        var cid = await scene.Enter("Cid");
        Result(await scene[0].Hub.Invite(new MemberReference { RoomId = scene.RoomId, UserId = cid.User.Id }));
        (await scene[0].Hub.RevokeInvitation(new MemberReference { RoomId = scene.RoomId, UserId = cid.User.Id })).Error.Should().BeNull();
        foreach (var guest in (Guest[])[scene[1], scene[0]]) (await guest.Hub.LeaveRoom(new LeaveRoom { RoomId = scene.RoomId })).Error.Should().BeNull();
        foreach (var guest in (Guest[])[cid, scene[1]]) Code(await guest.Hub.JoinRoom(new JoinRoom { RoomId = scene.RoomId })).Should().Be(ErrorCode.NotFound);
        Result(await scene[0].Hub.JoinRoom(new JoinRoom { RoomId = scene.RoomId })).Mine.Membership.Role.Should().Be(MemberRole.Owner);
    }
}
