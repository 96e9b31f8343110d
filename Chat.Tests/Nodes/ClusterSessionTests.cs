using System.Net;
using Chat.Client;
using Chat.Contracts;
using Chat.Hub.Rooms;
using Chat.Tests.Running;
using Microsoft.AspNetCore.SignalR.Client;

namespace Chat.Tests.Nodes;

public sealed class ClusterSessionTests
{
    [Fact]
    public async Task Renewals_on_two_nodes_at_once_are_one_and_a_reuse_is_seen_by_both()
    {
        await using var cluster = await Cluster.Start(2);
        using var http = new HttpClient();
        var signIns = cluster.Nodes.Select(node => new ChatSignIn(http, node.Address)).ToList();
        var first = await cluster[0].SignIn("Ann");
        var renewed = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => signIns[i % 2].RenewAsync(first.RefreshToken)));
        var second = renewed.Select(signedIn => signedIn.RefreshToken).Distinct().Should().ContainSingle().Subject;

        var third = await signIns[1].RenewAsync(second);
        foreach (var (node, token) in ((int, string)[])[(0, first.RefreshToken), (1, third.RefreshToken)])
        {
            var renew = () => signIns[node].RenewAsync(token);
            (await renew.Should().ThrowAsync<ChatException>()).Which.Code.Should().Be(ErrorCode.Unauthenticated);
        }
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 5)]
    public async Task Revoking_a_session_closes_its_connections_and_ends_its_tokens_on_all_nodes(bool hasRedis, int seconds)
    {
        var within = TimeSpan.FromSeconds(seconds);
        await using var cluster = await Cluster.Start(2);
        using var http = new HttpClient();
        var mine = await new ChatSignIn(http, cluster[0].Address).CreateAccountAsync("Ann", "correct horse");
        var lost = await new ChatSignIn(http, cluster[1].Address).WithPasswordAsync("Ann", "correct horse");
        await using var here = await Enter(cluster[0], mine);
        await using var there = await Enter(cluster[1], mine);
        await using var phone = await Enter(cluster[0], lost);
        await using var tablet = await Enter(cluster[1], lost);
        if (!hasRedis)
        {
            await cluster.Redis.KillAsync();
            await cluster.Apart();
        }

        (await here.Call<Reply>("RevokeSessions", new RevokeSessions { SessionId = lost.SessionId })).Error.Should().BeNull();
        foreach (var device in (Guest[])[phone, tablet]) await device.Hears<Closing>(closing => closing.Code == CloseCode.SessionRevoked, within);
        foreach (var device in (Guest[])[here, there]) await device.Hears<SessionRevoked>(revoked => revoked.SessionId == lost.SessionId, within);
        foreach (var node in cluster.Nodes)
        {
            (await Negotiate(node, lost)).Should().Be(HttpStatusCode.Unauthorized);
            (await Negotiate(node, mine)).Should().Be(HttpStatusCode.OK);
        }
        await Waiting.Until(() => Task.FromResult(tablet.Connection.State is HubConnectionState.Disconnected));
        there.Connection.State.Should().Be(HubConnectionState.Connected);
        (await there.Send(FirstRooms.General, "still here")).AuthorName.Should().Be("Ann");
        there.Heard<SessionRevoked>().Should().ContainSingle("an order comes by two ways and is carried out once");
    }

    private static async Task<Guest> Enter(ChatServer node, SignedIn signedIn)
    {
        var guest = new Guest(node.Address, signedIn, Wire.Json);
        await guest.Start();
        return guest;
    }

    private static async Task<HttpStatusCode> Negotiate(ChatServer node, SignedIn signedIn)
    {
        using var http = new HttpClient { BaseAddress = node.Address };
        http.DefaultRequestHeaders.Authorization = new("Bearer", signedIn.AccessToken);
        using var response = await http.PostAsync(ChatPaths.Hub + "/negotiate?negotiateVersion=1", null);
        return response.StatusCode;
    }
}
