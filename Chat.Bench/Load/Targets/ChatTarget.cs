using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Chat.Bench.Costs;
using Chat.Bench.Load.Clients;
using Chat.Client;
using Chat.Contracts;

namespace Chat.Bench.Load.Targets;

/// <summary>Chat with everything on: signed in, stored, ordered, with presence. Limits are raised, because all come from one address.</summary>
internal sealed class ChatTarget(string folder, bool isPinned) : Target("Chat")
{
    private const int AtOnce = 16;

    // The first answer that all of them wait for.
    private static readonly byte[] Welcome = "serverTime"u8.ToArray();

    private readonly Scene scene = new(folder, isPinned);
    private readonly Dictionary<int, Guid> rooms = [];
    private string[] tokens = [];

    public override IReadOnlyList<IPEndPoint> Nodes => [.. scene.Nodes.Select(node => IPEndPoint.Parse(node.Address.Authority))];

    public override IReadOnlyList<int> Processes => scene.Processes;

    public override async Task StartAsync(int nodes, CancellationToken cancellation)
    {
        if (nodes > 1)
        {
            await scene.StartPostgreSqlAsync(cancellation);
            await scene.StartRedisAsync(cancellation);
        }
        await scene.StartNodesAsync(nodes, cancellation);
    }

    public override async Task GatherAsync(IReadOnlyList<IReadOnlyList<int>> roomsOf, CancellationToken cancellation)
    {
        using var http = new HttpClient { BaseAddress = scene.Nodes[0].Address };
        var signIn = new ChatSignIn(http, scene.Nodes[0].Address);
        tokens = new string[roomsOf.Count];
        var many = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation };
        await Parallel.ForAsync(0, tokens.Length, many, async (person, token) =>
            tokens[person] = (await signIn.AsGuestAsync($"Person {person}", token)).AccessToken);
        await MakeRoomsAsync(roomsOf, many);
        // Over HTTP: who is not connected is not told who else comes.
        var entries = roomsOf.SelectMany((each, person) => each.Select(room => (Person: person, Room: room)));
        await Parallel.ForEachAsync(entries, many, async (entry, token) =>
        {
            using var join = new HttpRequestMessage(HttpMethod.Post, ChatPaths.RoomJoin.Replace("{roomId}", $"{rooms[entry.Room]}", StringComparison.Ordinal));
            join.Headers.Authorization = new AuthenticationHeaderValue("Bearer", tokens[entry.Person]);
            using var answer = await http.SendAsync(join, token);
            answer.EnsureSuccessStatusCode();
        });
    }

    public override Seat SeatOf(int person, int node, bool isMessagePack)
    {
        var dialect = isMessagePack ? Dialect.MessagePack : Dialect.Json;
        return new Seat(Nodes[node], $"{ChatPaths.Hub}?access_token={tokens[person]}", dialect,
            [SignalRCalls.Greeting(dialect), new(SignalRCalls.Call(dialect, "Connect", """{"contractVersion":1}"""), Welcome)]);
    }

    public override string CallTo(int room) => Encoding.UTF8.GetString(SignalRCalls.Call(
        Dialect.Json, "SendMessage", $$"""{"roomId":"{{rooms[room]}}","clientMessageId":"01a00000-0000-7000-8000-{{Numbered.Blank}}","text":"{{Numbered.Text}}"}"""));

    public override ValueTask DisposeAsync() => scene.DisposeAsync();

    // Each by the first who is in it.
    private Task MakeRoomsAsync(IReadOnlyList<IReadOnlyList<int>> roomsOf, ParallelOptions many)
    {
        var makers = new List<(int Person, List<Guid> Rooms)>();
        foreach (var (person, numbers) in roomsOf.Index())
        {
            var fresh = numbers.Where(number => rooms.TryAdd(number, Guid.NewGuid())).Select(number => rooms[number]).ToList();
            if (fresh.Count > 0) makers.Add((person, fresh));
        }
        return Parallel.ForEachAsync(makers, many, async (maker, token) =>
        {
            await using var connection = await RawConnection.OpenAsync(scene.Nodes[0].Address, tokens[maker.Person], ChatProtocol.Json, scene.Trusts, new(), new(), token);
            foreach (var room in maker.Rooms) await connection.CallAsync("CreateRoom", $$"""{"roomId":"{{room}}","name":"{{room:N}}"}""", token);
            await connection.Answered.Reach(maker.Rooms.Count + 1);
        });
    }
}
