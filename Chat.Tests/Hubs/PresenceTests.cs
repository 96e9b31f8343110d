using Chat.Contracts;
using Chat.Hub.Nodes;
using Chat.Hub.Presence;
using Chat.Hub.Rooms;
using Chat.Hub.Storage;
using Chat.Tests.Running;
using Microsoft.Extensions.DependencyInjection;

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
        page.Presence.Single(person => person.UserId == bob.User.Id).Should().Match<UserPresence>(person => person.Status == PresenceStatus.Online && person.LastSeenAt == null);
        page.Presence.Single(person => person.UserId == ann.User.Id).Should().Match<UserPresence>(person => person.Status == PresenceStatus.Offline && person.LastSeenAt != null);
        page.Should().Match<MemberPage>(p => p.OnlineCount == 1 && p.MemberCount == 2);
    }

    [Fact]
    public async Task Who_comes_back_while_a_dead_node_still_counts_for_it_is_told_online()
    {
        await using var server = await ChatServer.Start();
        await using var bob = await server.Enter("Bob");
        await using var ann = await server.Enter("Ann");
        // A node that died when Ann was in the room; she has left it since, as Bob's list says.
        server.App.Services.GetRequiredService<Roster>().Put(Guid.NewGuid(), new NodePerson(ann.User.Id, PresenceStatus.Online, [FirstRooms.Random]));
        await bob.Call<Reply<RoomEntry>>("JoinRoom", new JoinRoom { RoomId = FirstRooms.Random });
        (await bob.Call<Reply<MemberPage>>("ListMembers", new ListMembers { RoomId = FirstRooms.Random })).Result!.Presence.Should().ContainSingle();

        await ann.Call<Reply<RoomEntry>>("JoinRoom", new JoinRoom { RoomId = FirstRooms.Random });
        await bob.Hears<PresenceNotice>(notice => notice.RoomId == FirstRooms.Random && notice.User is { Status: PresenceStatus.Online } user && user.UserId == ann.User.Id);
    }

    [Fact]
    public async Task The_list_and_the_notices_of_a_room_tell_the_same()
    {
        await using var server = await ChatServer.Start();
        await using var bob = await server.Enter("Bob");
        await using var ann = await server.Enter("Ann");
        await bob.Hears<PresenceNotice>(notice => notice.User?.UserId == ann.User.Id);
        // A member of the room in the store, connected to a node that could not say so yet.
        var user = await server.SignIn("Cay");
        await server.App.Services.GetRequiredService<RoomLog>().Write(new EnterRoom(new Speaker(user.User.Id, "Cay", UserKind.Guest), General), default);
        var node = Guid.NewGuid();
        server.App.Services.GetRequiredService<Roster>().Put(node, new NodePerson(user.User.Id, PresenceStatus.Online, []));
        (await Online(bob)).Should().Be(2);
        (await List(bob)).Presence.Should().HaveCount(2, "who is not told to be in the room is not listed there either");

        server.App.Services.GetRequiredService<Roster>().Put(node, new NodePerson(user.User.Id, PresenceStatus.Online, [General]));
        await bob.Hears<PresenceNotice>(notice => notice.User is { Status: PresenceStatus.Online } told && told.UserId == user.User.Id);
        (await List(bob)).Presence.Should().HaveCount(3);
    }

    private static async Task<MemberPage> List(Guest guest) =>
        (await guest.Call<Reply<MemberPage>>("ListMembers", new ListMembers { RoomId = General })).Result!;

    private static async Task<int> Online(Guest guest) =>
        (await List(guest)).OnlineCount;

    private static async Task<UserPresence> Set(Guest guest, PresenceStatus status) =>
        (await guest.Call<Reply<UserPresence>>("SetPresence", new SetPresence { Status = status })).Result!;
}
