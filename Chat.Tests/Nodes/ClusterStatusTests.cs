using System.Diagnostics;
using Chat.Contracts;
using Chat.Hub.Operations;
using Chat.Hub.Rooms;
using Chat.Tests.Running;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Tests.Nodes;

public sealed class ClusterStatusTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_status_text_is_seen_by_those_on_other_nodes_and_followed_by_the_users_devices_there(bool hasRedis)
    {
        await using var cluster = await Cluster.Start(2);
        await using var bob = await cluster[1].Enter("Bob");
        await using var phone = await cluster[0].Enter("Ann");
        await using var desk = new Guest(cluster[1].Address, phone.SignedIn, Wire.Json);
        await desk.Start();
        await bob.Hears<PresenceNotice>(notice => notice.User?.UserId == phone.User.Id);
        if (!hasRedis)
        {
            await cluster.Redis.KillAsync();
            await cluster.Apart();
        }
        await phone.Call<Reply<UserPresence>>("SetStatusText", new SetStatusText { Text = "on a train" });
        await bob.Hears<PresenceNotice>(notice => notice.User is { Text: "on a train" }, TimeSpan.FromSeconds(hasRedis ? 2 : 5));

        // What the user said last counts, wherever it was said.
        await desk.Call<Reply<UserPresence>>("SetStatusText", new SetStatusText { Text = "at home" });
        await bob.Hears<PresenceNotice>(notice => notice.User is { Text: "at home" }, TimeSpan.FromSeconds(5));
        await Waiting.Until(async () => (await phone.Call<Reply<UserPresence>>("SetPresence", new SetPresence { Status = PresenceStatus.Online })).Result!.Text == "at home");
        bob.Heard<PresenceNotice>().Last(notice => notice.User?.UserId == phone.User.Id).User!.Text.Should().Be("at home");
    }

    [Fact]
    public async Task What_is_said_after_something_was_seen_counts_even_where_a_nodes_clock_is_behind()
    {
        await using var cluster = await Cluster.Start(2);
        await using var bob = await cluster[1].Enter("Bob");
        await using var phone = await cluster[0].Enter("Ann");
        await using var desk = new Guest(cluster[1].Address, phone.SignedIn, Wire.Json);
        await desk.Start();
        await bob.Hears<PresenceNotice>(notice => notice.User?.UserId == phone.User.Id);

        // Nodes take the store's time as well as they can: they differ by what its answers take.
        var ahead = cluster[0].App.Services.GetRequiredService<ChatClock>();
        ahead.Agree(ahead.Now.AddSeconds(3), Stopwatch.GetTimestamp());
        await phone.Call<Reply<UserPresence>>("SetStatusText", new SetStatusText { Text = "on a train" });
        await bob.Hears<PresenceNotice>(notice => notice.User is { Text: "on a train" });
        await desk.Call<Reply<UserPresence>>("SetStatusText", new SetStatusText { Text = "at home" });
        await bob.Hears<PresenceNotice>(notice => notice.User is { Text: "at home" }, TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task When_somebody_was_here_last_is_known_on_all_nodes_also_of_a_node_that_died()
    {
        await using var cluster = await Cluster.Start(2, ("Chat:Redis:NodeTimeoutSeconds", "2"));
        await using var bob = await cluster[0].Enter("Bob");
        var ann = await cluster[1].Enter("Ann");
        await using var eve = await cluster[1].Enter("Eve");
        await bob.Hears<PresenceNotice>(notice => notice.User?.UserId == eve.User.Id);
        await ann.DisposeAsync();
        (await bob.Hears<PresenceNotice>(notice => notice.User is { Status: PresenceStatus.Offline } user && user.UserId == ann.User.Id)).User!.LastSeenAt.Should().NotBeNull();

        // The other node says nothing any more, as one that was killed.
        await Cluster.Backplane(cluster[1]).StopAsync(CancellationToken.None);
        var told = await bob.Hears<PresenceNotice>(notice => notice.User is { Status: PresenceStatus.Offline } user && user.UserId == eve.User.Id);
        told.User!.LastSeenAt.Should().BeCloseTo(DateTimeOffset.UtcNow, TimeSpan.FromSeconds(10));
        (await bob.Call<Reply<MemberPage>>("ListMembers", new ListMembers { RoomId = FirstRooms.General })).Result!
            .Presence.Where(seen => seen.Status is PresenceStatus.Offline).Should().HaveCount(2).And.OnlyContain(seen => seen.LastSeenAt != null);
    }
}
