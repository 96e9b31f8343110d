using Chat.Bench.Checking;
using Chat.Client;

namespace Chat.Bench.Chaos.Clients;

/// <summary>Signs everybody in, makes the rooms, and brings people into them.</summary>
internal sealed class Casting(Cluster cluster, ChaosPlan plan, Random random, Findings findings)
{
    private const int Rooms = 4;
    private static readonly Guid General = Chat.Hub.Rooms.FirstRooms.General;

    private readonly Pace pace = new();

    public async Task<Company> MakeAsync(CancellationToken cancellation)
    {
        var scripted = plan.Clients / 3;
        var net = new List<NetClient>();
        for (var i = 0; i < plan.Clients - scripted - cluster.Nodes.Count; i++) net.Add(await EnterAsync($"Net {i}", cluster.Door, i, isPinned: false, cancellation));
        var pinned = new List<NetClient>();
        for (var i = 0; i < cluster.Nodes.Count; i++) pinned.Add(await EnterAsync($"Pinned {i}", cluster.Nodes[i].Address, i, isPinned: true, cancellation));

        var rooms = new List<Guid>();
        for (var i = 0; i < Rooms; i++) rooms.Add((await pinned[0].FoundAsync($"Room {i}", cancellation)).Id);
        foreach (var client in net.Concat(pinned))
        {
            foreach (var room in rooms.Where(_ => random.Next(10) < 7)) await client.EnterAsync(room, cancellation);
        }
        var script = new JavaScriptClients(cluster.Door, cluster.CertificateFile, Enumerable.Range(0, scripted).Select(i => $"Script {i}"), rooms, rooms[1..], pace);
        await script.StartAsync(cancellation);
        var twins = new Twins([.. cluster.Nodes.Select(node => node.Address)], await cluster.SignInAsync(Twins.Name, cancellation), pace, random, findings);
        var company = new Company(net, pinned, script, twins, rooms, pace, random);
        company.Live([General, rooms[0]]);
        await twins.EnterAsync(rooms[0], cancellation);
        return company;
    }

    private async Task<NetClient> EnterAsync(string name, Uri server, int place, bool isPinned, CancellationToken cancellation)
    {
        var signedIn = await cluster.SignInAsync(name, cancellation);
        var options = cluster.ClientOptions(server, signedIn, name, place % 2 is 0 ? ChatProtocol.Json : ChatProtocol.MessagePack);
        var client = new NetClient(options, signedIn.User.Id, isPinned, pace, new Random(random.Next()));
        await client.WakeAsync(cancellation);
        return client;
    }
}
