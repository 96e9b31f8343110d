using Chat.Contracts;
using Chat.Hub.Rooms;
using Chat.Tests.Running;

namespace Chat.Tests.Hubs;

public sealed class PresenceTests
{
    private static readonly Guid General = FirstRooms.General;

    [Fact]
    public async Task A_person_is_online_until_the_last_device_is_gone_for_the_grace()
    {
        await using var server = await ChatServer.Start(("Chat:Presence:OfflineGraceMs", "300"));
        await using var bob = await server.Enter("Bob");
        var phone = await server.Enter("Ann");
        await using var desktop = new Guest(server.Address, phone.SignedIn, Wire.MessagePack);
        await desktop.Start();
        await bob.Hears<PresenceNotice>(notice => notice.User!.UserId == phone.User.Id && notice.User.Status == PresenceStatus.Online && notice.OnlineCount == 2);

        await phone.DisposeAsync();
        (await Online(bob)).Should().Be(2, "the other device is still here");
        await desktop.DisposeAsync();
        await bob.Hears<PresenceNotice>(notice => notice.User!.UserId == phone.User.Id && notice.User.Status == PresenceStatus.Offline && notice.OnlineCount == 1);
        (await Online(bob)).Should().Be(1);
    }

    [Fact]
    public async Task A_quick_reconnect_does_not_flicker()
    {
        await using var server = await ChatServer.Start(("Chat:Presence:OfflineGraceMs", "60000"));
        await using var bob = await server.Enter("Bob");
        var ann = await server.Enter("Ann");
        await ann.DisposeAsync();
        await using var again = new Guest(server.Address, ann.SignedIn, Wire.Json);
        await again.Start();
        await again.Send(General, "back");
        await bob.Hears<Message>(message => message.Text == "back");
        bob.Heard<PresenceNotice>().Where(notice => notice.User!.UserId == ann.User.Id)
            .Should().NotContain(notice => notice.User!.Status == PresenceStatus.Offline);
    }

    [Fact]
    public async Task Away_is_seen_when_all_devices_are_and_do_not_disturb_from_one()
    {
        await using var server = await ChatServer.Start();
        await using var bob = await server.Enter("Bob");
        await using var phone = await server.Enter("Ann");
        await using var desktop = new Guest(server.Address, phone.SignedIn, Wire.Json);
        await desktop.Start();
        (await Set(phone, PresenceStatus.Away)).Status.Should().Be(PresenceStatus.Online, "the desktop is");
        (await Set(desktop, PresenceStatus.Away)).Status.Should().Be(PresenceStatus.Away);
        (await Set(phone, PresenceStatus.DoNotDisturb)).Status.Should().Be(PresenceStatus.DoNotDisturb);
        await bob.Hears<PresenceNotice>(notice => notice.User is { Status: PresenceStatus.DoNotDisturb });
        (await phone.Call<Reply<UserPresence>>("SetPresence", new SetPresence { Status = PresenceStatus.Offline })).Error!.Code.Should().Be(ErrorCode.Invalid);
    }

    [Fact]
    public async Task Large_rooms_are_told_counts_not_names()
    {
        await using var server = await ChatServer.Start(("Chat:Presence:NamedUpTo", "2"));
        await using var ann = await server.Enter("Ann");
        await using var bob = await server.Enter("Bob");
        await using var eve = await server.Enter("Eve");
        (await ann.Hears<PresenceNotice>(notice => notice.OnlineCount == 3)).User.Should().BeNull();
    }

    [Fact]
    public async Task Typing_is_told_to_the_others_at_most_every_two_seconds()
    {
        await using var server = await ChatServer.Start();
        await using var ann = await server.Enter("Ann");
        await using var bob = await server.Enter("Bob");
        for (var i = 0; i < 10; i++) (await ann.Call<Reply>("SendTyping", new SendTyping { RoomId = General })).Error.Should().BeNull();
        await ann.Send(General, "typed");
        await bob.Hears<Message>(message => message.Text == "typed");
        bob.Heard<TypingNotice>().Should().ContainSingle().Which.Name.Should().Be("Ann");
        ann.Heard<TypingNotice>().Should().BeEmpty();

        await ann.Call<Reply>("SendTyping", new SendTyping { RoomId = General, IsTyping = false });
        await bob.Hears<TypingNotice>(notice => !notice.IsTyping);
        for (var i = 0; i < 20; i++) await ann.Call<Reply>("SendTyping", new SendTyping { RoomId = General, IsTyping = i % 2 is 0 });
        await ann.Send(General, "typed again");
        await bob.Hears<Message>(message => message.Text == "typed again");
        bob.Heard<TypingNotice>().Should().HaveCount(2, "stops and starts in turn are no way around");
    }

    [Fact]
    public async Task The_list_of_members_tells_who_is_here()
    {
        await using var server = await ChatServer.Start(("Chat:Presence:OfflineGraceMs", "0"));
        await using var bob = await server.Enter("Bob");
        var ann = await server.Enter("Ann");
        await ann.DisposeAsync();
        await bob.Hears<PresenceNotice>(notice => notice.User is { Status: PresenceStatus.Offline });
        var page = (await bob.Call<Reply<MemberPage>>("ListMembers", new ListMembers { RoomId = General })).Result!;
        page.Members.Select(member => member.Name).Should().Equal("Ann", "Bob");
        page.Presence.Should().ContainSingle().Which.UserId.Should().Be(bob.User.Id);
        page.Should().Match<MemberPage>(p => p.OnlineCount == 1 && p.MemberCount == 2);
    }

    private static async Task<int> Online(Guest guest) =>
        (await guest.Call<Reply<MemberPage>>("ListMembers", new ListMembers { RoomId = General })).Result!.OnlineCount;

    private static async Task<UserPresence> Set(Guest guest, PresenceStatus status) =>
        (await guest.Call<Reply<UserPresence>>("SetPresence", new SetPresence { Status = status })).Result!;
}
