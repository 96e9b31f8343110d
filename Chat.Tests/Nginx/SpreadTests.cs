using Chat.Contracts;
using Chat.Tests.Running;
using Microsoft.AspNetCore.Http.Connections;

namespace Chat.Tests.Nginx;

/// <summary>Sixty connections from one address, as from behind one NAT, over three nodes.</summary>
public sealed class SpreadTests
{
    // Of 60 by chance a node gets 20, and fewer than 5 once in thousands of runs.
    private const int AFew = 5;

    [Fact]
    public async Task Chats_own_clients_spread_though_they_share_a_token()
    {
        await using var cluster = await Cluster.Start();
        var ann = await cluster.SignIn();
        await using var clients = new Disposables(await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => cluster.EnterWithClient(ann))));
        cluster.Arrivals().Should().OnlyContain(count => count >= AFew);
    }

    [Fact]
    public async Task Plain_SignalR_clients_spread_by_their_tokens()
    {
        await using var cluster = await Cluster.Start();
        var people = new List<SignedIn>();
        for (var i = 0; i < 60; i++) people.Add(await cluster.SignIn($"Guest {i}"));
        await using var guests = new Disposables(await Task.WhenAll(people.Select(person => cluster.Enter(person))));
        cluster.Arrivals().Should().OnlyContain(count => count >= AFew);
        File.ReadAllText(cluster.Nginx.AccessLog).Should().NotMatchRegex("\"(s|nodeS)tatus\":\"?[0-9, ]*404", "each went straight to its node");
    }

    [Fact]
    public async Task WebSockets_without_negotiation_go_where_the_fewest_are()
    {
        await using var cluster = await Cluster.Start();
        var ann = await cluster.SignIn();
        var guests = new List<Guest>();
        for (var i = 0; i < 60; i++)
            guests.Add(await cluster.Enter(ann, configure: http => (http.Transports, http.SkipNegotiation) = (HttpTransportType.WebSockets, true)));
        await using var all = new Disposables(guests);
        cluster.Arrivals().Should().OnlyContain(count => count >= 18 && count <= 22);
    }
}
