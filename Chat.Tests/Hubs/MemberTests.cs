using Chat.Contracts;
using Chat.Tests.Running;
using static Chat.Tests.Hubs.Scene;

namespace Chat.Tests.Hubs;

/// <summary>Roles, and what is done to members.</summary>
public sealed class MemberTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Whoever_is_taken_out_hears_nothing_that_is_said_after_the_answer(bool forGood)
    {
        await using var scene = await With(["Ann", "Bob", "Cid"]);
        await using var second = new Guest(scene.Server.Address, scene[1].SignedIn, Wire.MessagePack);
        await second.Start();
        await scene.Say(0, "before");
        foreach (var guest in (Guest[])[scene[1], second]) await guest.Hears<Message>(message => message.Text == "before");

        var member = Result(forGood
            ? await scene[0].Hub.Ban(new BanMember { RoomId = scene.RoomId, UserId = scene[1].User.Id, Reason = "spam" })
            : await scene[0].Hub.Kick(new KickMember { RoomId = scene.RoomId, UserId = scene[1].User.Id, Reason = "spam" }));
        member.Should().Match<Member>(gone => gone.State == (forGood ? MemberState.Banned : MemberState.Kicked) && gone.Reason == "spam");
        for (var i = 0; i < 20; i++) await scene.Say(0, $"after {i}");
        await scene[2].Hears<Message>(message => message.Text == "after 19");
        // A word in another room is behind all that was sent before it.
        await scene[2].Send(Chat.Hub.Rooms.FirstRooms.General, "elsewhere");
        foreach (var guest in (Guest[])[scene[1], second])
        {
            await guest.Hears<Member>(gone => gone.UserId == scene[1].User.Id && gone.Version == member.Version);
            await guest.Hears<Message>(message => message.Text == "elsewhere");
            guest.Heard<Message>().Should().NotContain(message => message.Text.StartsWith("after", StringComparison.Ordinal));
            Code(await guest.Hub.GetHistory(new GetHistory { RoomId = scene.RoomId })).Should().Be(ErrorCode.NotAMember);
        }
        var back = await scene[1].Hub.JoinRoom(new JoinRoom { RoomId = scene.RoomId });
        if (forGood) Code(back).Should().Be(ErrorCode.Banned);
        else Result(back);
    }

    [Fact]
    public async Task A_ban_ends_by_itself_or_is_lifted_and_keeps_out_who_never_was_there()
    {
        await using var scene = await With(["Ann", "Bob"]);
        var cid = await scene.Enter("Cid");
        var banned = Result(await scene[0].Hub.Ban(new BanMember { RoomId = scene.RoomId, UserId = cid.User.Id, Seconds = 600 }));
        banned.BannedUntil.Should().NotBeNull();
        var refusal = (await cid.Hub.JoinRoom(new JoinRoom { RoomId = scene.RoomId })).Error!;
        refusal.Should().Match<Error>(error => error.Code == ErrorCode.Banned && error.RetryAfterMs > 590_000);
        Result(await scene[0].Hub.ListMembers(new ListMembers { RoomId = scene.RoomId, State = MemberState.Banned })).Members.Should().ContainSingle().Which.Name.Should().Be("Cid");
        Code(await scene[1].Hub.ListMembers(new ListMembers { RoomId = scene.RoomId, State = MemberState.Banned })).Should().Be(ErrorCode.Forbidden);

        Code(await scene[1].Hub.Unban(new MemberReference { RoomId = scene.RoomId, UserId = cid.User.Id })).Should().Be(ErrorCode.Forbidden);
        Result(await scene[0].Hub.Unban(new MemberReference { RoomId = scene.RoomId, UserId = cid.User.Id }));
        Result(await cid.Hub.JoinRoom(new JoinRoom { RoomId = scene.RoomId }));
        Result(await scene[0].Hub.Ban(new BanMember { RoomId = scene.RoomId, UserId = cid.User.Id, Seconds = 1 }));
        await Waiting.Until(async () => (await cid.Hub.JoinRoom(new JoinRoom { RoomId = scene.RoomId })).Result is not null);
    }

    [Fact]
    public async Task A_muted_member_reads_but_does_not_write()
    {
        await using var scene = await With(["Ann", "Bob"]);
        var said = await scene.Say(1, "one");
        Result(await scene[0].Hub.Mute(new MuteMember { RoomId = scene.RoomId, UserId = scene[1].User.Id, Seconds = 300 }));
        Task<Reply<Message>> Post() => scene[1].Hub.SendMessage(new SendMessage { RoomId = scene.RoomId, ClientMessageId = Guid.NewGuid(), Text = "two" });
        (await Post()).Error.Should().Match<Error>(error => error.Code == ErrorCode.Muted && error.RetryAfterMs > 290_000);
        Code(await scene[1].Hub.EditMessage(new EditMessage { RoomId = scene.RoomId, Seq = said.Seq, Text = "no" })).Should().Be(ErrorCode.Muted);
        await scene.Say(0, "listen");
        await scene[1].Hears<Message>(message => message.Text == "listen");
        await scene[1].Hub.LeaveRoom(new LeaveRoom { RoomId = scene.RoomId });
        Result(await scene[1].Hub.JoinRoom(new JoinRoom { RoomId = scene.RoomId }));
        Code(await Post()).Should().Be(ErrorCode.Muted, "leaving is no way around it");
        Result(await scene[0].Hub.Mute(new MuteMember { RoomId = scene.RoomId, UserId = scene[1].User.Id, Seconds = 0 }));
        Result(await Post());
    }

    [Fact]
    public async Task A_moderator_acts_on_members_only_and_a_room_has_one_owner()
    {
        await using var scene = await With(["Ann", "Bob", "Cid", "Dan"]);
        Guid Id(int person) => scene[person].User.Id;
        Task<Reply<Member>> Role(int by, int of, MemberRole role) => scene[by].Hub.SetRole(new SetRole { RoomId = scene.RoomId, UserId = Id(of), Role = role });
        Task<Reply<Member>> Kick(int by, int whom) => scene[by].Hub.Kick(new KickMember { RoomId = scene.RoomId, UserId = Id(whom) });
        Code(await Role(1, 1, MemberRole.Moderator)).Should().Be(ErrorCode.Forbidden);
        Result(await Role(0, 1, MemberRole.Moderator));
        Result(await Role(0, 2, MemberRole.Moderator));
        Code(await Kick(1, 0)).Should().Be(ErrorCode.Forbidden);
        Code(await Kick(1, 2)).Should().Be(ErrorCode.Forbidden);
        Code(await Kick(3, 1)).Should().Be(ErrorCode.Forbidden);
        Code(await Kick(0, 0)).Should().Be(ErrorCode.Forbidden);
        Result(await Kick(1, 3));
        Code(await Kick(1, 3)).Should().BeNull("a repeat after a lost answer");

        Code(await Role(0, 0, MemberRole.Member)).Should().Be(ErrorCode.Invalid);
        Result(await Role(0, 1, MemberRole.Owner)).Role.Should().Be(MemberRole.Owner);
        var members = Result(await scene[0].Hub.ListMembers(new ListMembers { RoomId = scene.RoomId })).Members;
        members.Select(member => (member.Name, member.Role)).Should().Equal(("Ann", MemberRole.Moderator), ("Bob", MemberRole.Owner), ("Cid", MemberRole.Moderator));
        Code(await Role(0, 2, MemberRole.Member)).Should().Be(ErrorCode.Forbidden, "Ann is not the owner any more");
    }

    [Fact]
    public async Task The_trail_tells_moderators_who_did_what_to_whom()
    {
        await using var scene = await With(["Ann", "Bob", "Cid"]);
        var said = await scene.Say(1, "rude");
        Result(await scene[0].Hub.UpdateRoom(new UpdateRoom { RoomId = scene.RoomId, Topic = "manners" }));
        Result(await scene[0].Hub.DeleteMessage(new MessagePlace { RoomId = scene.RoomId, Seq = said.Seq }));
        Result(await scene[0].Hub.Mute(new MuteMember { RoomId = scene.RoomId, UserId = scene[1].User.Id, Seconds = 60, Reason = "rude" }));
        Result(await scene[0].Hub.Kick(new KickMember { RoomId = scene.RoomId, UserId = scene[1].User.Id, Reason = "still rude" }));
        Code(await scene[2].Hub.ListAudit(new ListAudit { RoomId = scene.RoomId })).Should().Be(ErrorCode.Forbidden);

        var page = Result(await scene[0].Hub.ListAudit(new ListAudit { RoomId = scene.RoomId, Limit = 3 }));
        page.HasOlder.Should().BeTrue();
        page.Entries.Select(entry => (entry.Act, entry.ActorName, entry.SubjectName, entry.Detail)).Should().Equal(
            (AuditAct.Kicked, "Ann", "Bob", "still rude"), (AuditAct.Muted, "Ann", "Bob", "rude"), (AuditAct.MessageDeleted, "Ann", "Bob", $"{said.Seq}"));
        var rest = Result(await scene[0].Hub.ListAudit(new ListAudit { RoomId = scene.RoomId, Before = page.Entries[^1].Id }));
        rest.Entries.Select(entry => entry.Act).Should().Equal(AuditAct.RoomUpdated, AuditAct.RoomCreated);
        rest.HasOlder.Should().BeFalse();
    }

    [Fact]
    public async Task Repeats_after_a_lost_answer_change_nothing_more()
    {
        await using var scene = await With(["Ann", "Bob", "Cid"]);
        Guid Id(int person) => scene[person].User.Id;
        Task<Reply<Member>> Mute() => scene[0].Hub.Mute(new MuteMember { RoomId = scene.RoomId, UserId = Id(1), Seconds = 600, Reason = "loud" });
        Task<Reply<Member>> Ban() => scene[0].Hub.Ban(new BanMember { RoomId = scene.RoomId, UserId = Id(1), Seconds = 600, Reason = "loud" });
        Task<Reply<Member>> HandOn() => scene[0].Hub.SetRole(new SetRole { RoomId = scene.RoomId, UserId = Id(2), Role = MemberRole.Owner });
        Task<Reply<Room>> Lock() => scene[0].Hub.UpdateRoom(new UpdateRoom { RoomId = scene.RoomId, Password = "sesame" });
        Result(await Lock()).Version.Should().Be(Result(await Lock()).Version);
        foreach (var act in (Func<Task<Reply<Member>>>[])[Mute, Ban, HandOn]) Result(await act()).Version.Should().Be(Result(await act()).Version);
        Result(await scene[2].Hub.ListAudit(new ListAudit { RoomId = scene.RoomId })).Entries.Select(entry => entry.Act).Should().Equal(
            AuditAct.RoleChanged, AuditAct.Banned, AuditAct.Muted, AuditAct.RoomUpdated, AuditAct.RoomCreated);
    }

    [Fact]
    public async Task What_a_moderator_made_to_come_in_or_to_listen_ends_when_it_is_sent_away()
    {
        await using var scene = await With(["Ann", "Bob"], room => room with { Kind = RoomKind.Public });
        Result(await scene[0].Hub.SetRole(new SetRole { RoomId = scene.RoomId, UserId = scene[1].User.Id, Role = MemberRole.Moderator }));
        Result(await scene[0].Hub.UpdateRoom(new UpdateRoom { RoomId = scene.RoomId, Kind = RoomKind.Private }));
        var link = Result(await scene[1].Hub.CreateInviteLink(new CreateInviteLink { RoomId = scene.RoomId, LinkId = Guid.NewGuid() }));
        Result(await scene[1].Hub.CreateOutgoingWebhook(new CreateOutgoingWebhook { RoomId = scene.RoomId, WebhookId = Guid.NewGuid(), Url = "http://hooks.example/x" }));
        Result(await scene[1].Hub.CreateIncomingWebhook(new CreateIncomingWebhook { RoomId = scene.RoomId, WebhookId = Guid.NewGuid(), Name = "back door" }));
        Result(await scene[0].Hub.CreateIncomingWebhook(new CreateIncomingWebhook { RoomId = scene.RoomId, WebhookId = Guid.NewGuid(), Name = "Ann's" }));
        Result(await scene[0].Hub.Kick(new KickMember { RoomId = scene.RoomId, UserId = scene[1].User.Id }));
        Code(await scene[1].Hub.JoinRoom(new JoinRoom { RoomId = scene.RoomId, InviteCode = link.Code })).Should().Be(ErrorCode.NotFound);
        var left = Result(await scene[0].Hub.ListWebhooks(new ListWebhooks { RoomId = scene.RoomId }));
        left.Outgoing.Should().BeEmpty();
        left.Incoming.Should().ContainSingle().Which.Name.Should().Be("Ann's");
    }
}
