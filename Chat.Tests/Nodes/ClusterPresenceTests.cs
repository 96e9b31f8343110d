using Chat.Contracts;
using Chat.Hub.Nodes;
using Chat.Hub.Rooms;
using Chat.Tests.Running;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Tests.Nodes;

public sealed class ClusterPresenceTests
{
    private static readonly Guid General = FirstRooms.General;

    [Fact]
    public async Task Somebody_on_two_nodes_is_one_person_and_goes_when_the_last_device_does()
    {
        await using var cluster = await Cluster.Start(2);
        await using var bob = await cluster[0].Enter("Bob");
        var phone = await cluster[0].Enter("Ann");
        var desktop = new Guest(cluster[1].Address, phone.SignedIn, Wire.Json);
        await desktop.Start();
        await Waiting.Until(async () => await StatusOf(bob, phone) is PresenceStatus.Online);
        (await OnlineIn(bob)).Should().Be(2);

        await desktop.Call<Reply<UserPresence>>("SetPresence", new SetPresence { Status = PresenceStatus.DoNotDisturb });
        await bob.Hears<PresenceNotice>(notice => notice.User is { Status: PresenceStatus.DoNotDisturb } user && user.UserId == phone.User.Id);

        await phone.DisposeAsync();
        await desktop.DisposeAsync();
        await bob.Hears<PresenceNotice>(notice => notice.User is { Status: PresenceStatus.Offline } user && user.UserId == phone.User.Id);
        bob.Heard<PresenceNotice>().Count(notice => notice.User is { Status: PresenceStatus.Offline } user && user.UserId == phone.User.Id).Should().Be(1);
        (await OnlineIn(bob)).Should().Be(1);
    }

    [Fact]
    public async Task People_of_a_node_that_falls_silent_are_told_gone_once_and_come_back_with_it()
    {
        await using var cluster = await Cluster.Start(2, ("Chat:Redis:NodeTimeoutSeconds", "2"));
        await using var bob = await cluster[0].Enter("Bob");
        await using var ann = await cluster[1].Enter("Ann");
        await Waiting.Until(async () => await StatusOf(bob, ann) is PresenceStatus.Online);

        // The other node says nothing any more, as one that was killed or frozen.
        var gossip = cluster[1].App.Services.GetRequiredService<Gossip>();
        var backplane = Cluster.Backplane(cluster[1]);
        await backplane.StopAsync(CancellationToken.None);
        await bob.Hears<PresenceNotice>(notice => notice.User is { Status: PresenceStatus.Offline } user && user.UserId == ann.User.Id);
        bob.Heard<PresenceNotice>().Count(notice => notice.User is { Status: PresenceStatus.Offline }).Should().Be(1);
        (await OnlineIn(bob)).Should().Be(1);

        await backplane.StartAsync(CancellationToken.None);
        await Waiting.Until(async () => await StatusOf(bob, ann) is PresenceStatus.Online && await OnlineIn(bob) is 2);
        gossip.OtherNodes.Should().Be(1);
    }

    [Fact]
    public async Task Whoever_comes_back_into_a_room_is_told_present_though_a_dead_nodes_word_had_kept_it_there()
    {
        await using var cluster = await Cluster.Start(2, ("Chat:Redis:NodeTimeoutSeconds", "600"));
        await using var bob = await cluster[0].Enter("Bob");
        var room = Guid.NewGuid();
        await bob.Call<Reply<RoomEntry>>("CreateRoom", new CreateRoom { RoomId = room, Name = "tea", Kind = RoomKind.Public });
        await using var ann = await cluster[1].Enter("Ann");
        await ann.Call<Reply<RoomEntry>>("JoinRoom", new JoinRoom { RoomId = room });
        await bob.Hears<PresenceNotice>(notice => notice.RoomId == room && notice.User?.UserId == ann.User.Id);
        // As if the node were killed before it could say that Ann left.
        await Cluster.Backplane(cluster[1]).StopAsync(CancellationToken.None);

        await using var again = new Guest(cluster[0].Address, ann.SignedIn, Wire.Json);
        await again.Start();
        await again.Call<Reply>("LeaveRoom", new LeaveRoom { RoomId = room });
        await bob.Hears<Member>(member => member.RoomId == room && member.State == MemberState.Left);
        var told = bob.Heard<PresenceNotice>().Count(notice => notice.RoomId == room && notice.User?.UserId == ann.User.Id);
        await again.Call<Reply<RoomEntry>>("JoinRoom", new JoinRoom { RoomId = room });
        await Waiting.Until(() => Task.FromResult(bob.Heard<PresenceNotice>().Count(notice => notice.RoomId == room && notice.User?.UserId == ann.User.Id) > told));
        bob.Heard<PresenceNotice>().Last(notice => notice.RoomId == room).User!.Status.Should().Be(PresenceStatus.Online);
    }

    [Fact]
    public async Task A_node_that_missed_what_another_told_of_its_people_asks_for_all_of_them()
    {
        await using var cluster = await Cluster.Start(2);
        await using var bob = await cluster[0].Enter("Bob");
        await using var ann = await cluster[1].Enter("Ann");
        await Waiting.Until(async () => await StatusOf(bob, ann) is PresenceStatus.Online);
        // An answer that the other never gave: nobody is there, after more changes than it has told.
        var other = cluster[1].App.Services.GetRequiredService<NodeIdentity>();
        cluster[0].App.Services.GetRequiredService<Gossip>().Hear(other.Id, new PeopleTold(1_000_000, IsFirst: true, IsLast: true, []));
        await bob.Hears<PresenceNotice>(notice => notice.User is { Status: PresenceStatus.Offline } user && user.UserId == ann.User.Id);
        await Waiting.Until(async () => await StatusOf(bob, ann) is PresenceStatus.Online);
    }

    [Fact]
    public async Task A_node_that_stops_takes_its_people_along_at_once()
    {
        await using var cluster = await Cluster.Start(2, ("Chat:Redis:NodeTimeoutSeconds", "600"));
        await using var bob = await cluster[0].Enter("Bob");
        await using var ann = await cluster[1].Enter("Ann");
        await Waiting.Until(async () => await StatusOf(bob, ann) is PresenceStatus.Online);
        await cluster[1].App.StopAsync();
        await bob.Hears<PresenceNotice>(notice => notice.User is { Status: PresenceStatus.Offline } user && user.UserId == ann.User.Id);
    }

    [Fact]
    public async Task Nodes_agree_after_many_came_and_went_while_messages_were_lost()
    {
        await using var cluster = await Cluster.Start(3);
        await using var bob = await cluster[0].Enter("Bob");
        var stay = new List<Guest>();
        for (var round = 0; round < 3; round++)
        {
            if (round is 1) await cluster.Redis.KillAsync();
            var guests = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => cluster[i % 3].Enter($"Guest{round}{i}")));
            for (var i = 0; i < guests.Length; i++)
            {
                if (i < 3) stay.Add(guests[i]);
                else await guests[i].DisposeAsync();
            }
            if (round is 1) await cluster.Redis.StartAsync();
        }
        await cluster.Together();
        await Waiting.Until(async () =>
        {
            var counts = await Task.WhenAll(stay.Append(bob).Select(OnlineIn));
            return counts.All(count => count == stay.Count + 1);
        }, TimeSpan.FromSeconds(15));
        foreach (var guest in stay) await guest.DisposeAsync();
    }

    private static async Task<int> OnlineIn(Guest asker) => (await Members(asker)).OnlineCount;

    private static async Task<PresenceStatus> StatusOf(Guest asker, Guest who) =>
        (await Members(asker)).Presence.FirstOrDefault(person => person.UserId == who.User.Id)?.Status ?? PresenceStatus.Offline;

    private static async Task<MemberPage> Members(Guest asker) =>
        (await asker.Call<Reply<MemberPage>>("ListMembers", new ListMembers { RoomId = General, Limit = 200 })).Result!;
}
