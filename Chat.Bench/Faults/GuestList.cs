using Chat.Bench.Chaos.Clients;
using Chat.Client;
using Chat.Hub.Rooms;

namespace Chat.Bench.Faults;

/// <summary>Signs everybody in through the proxy, before anything happens, makes the rooms, and brings people into them.</summary>
internal sealed class GuestList(FaultsPlan plan, Uri address, Random random)
{
    /// <summary>After so much silence a connection counts as lost, on both sides: sooner than usual, so that a run is short.</summary>
    public static readonly TimeSpan ServerTimeout = TimeSpan.FromSeconds(6);

    private const int Rooms = 5;

    // Of all waits before a connection is tried again, which are up to 30 s: a network that fails every few seconds would keep
    // everybody away else.
    private const double Waits = 0.1;

    private readonly Pace pace = new(shortestMs: 400, longestMs: 1_600);

    public async Task<Company> MakeAsync(CancellationToken cancellation)
    {
        using var http = new HttpClient();
        var signIn = new ChatSignIn(http, address);
        var net = new List<NetClient>();
        for (var i = 0; i < plan.Net; i++) net.Add(await EnterAsync(signIn, $"Net {i}", i, cancellation));

        var rooms = new List<Guid>();
        for (var i = 0; i < Rooms; i++) rooms.Add((await net[0].FoundAsync($"Room {i}", cancellation)).Id);
        foreach (var client in net)
        {
            foreach (var room in rooms.Where(_ => random.Next(10) < 5)) await client.EnterAsync(room, cancellation);
        }
        var script = new JavaScriptClients(
            address, certificateFile: null, Enumerable.Range(0, plan.Script).Select(i => $"Script {i}"), rooms, rooms[1..], pace, new Hurry(ServerTimeout, Waits));
        await script.StartAsync(cancellation);
        var company = new Company(net, pinned: [], script, twins: null, rooms, pace, random);
        company.Live([FirstRooms.General, rooms[0]]);
        return company;
    }

    private async Task<NetClient> EnterAsync(ChatSignIn signIn, string name, int place, CancellationToken cancellation)
    {
        var signedIn = await signIn.AsGuestAsync(name, cancellation);
        var options = new ChatClientOptions
        {
            Server = address,
            AccessToken = _ => Task.FromResult<string?>(signedIn.AccessToken),
            ClientName = name,
            Protocol = place % 2 is 0 ? ChatProtocol.Json : ChatProtocol.MessagePack,
            ServerTimeout = ServerTimeout,
            KeepAlive = ServerTimeout / 3,
            PingInterval = ServerTimeout / 2,
            LongestBackoff = TimeSpan.FromSeconds(30) * Waits,
            MessagesKept = 1_000,
        };
        var client = new NetClient(options, signedIn.User.Id, isPinned: false, pace, new Random(random.Next()));
        await client.WakeAsync(cancellation);
        return client;
    }
}
