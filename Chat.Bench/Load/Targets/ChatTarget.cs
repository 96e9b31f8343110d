using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using Chat.Bench.Checking;
using Chat.Bench.Costs;
using Chat.Bench.Load.Clients;
using Chat.Client;
using Chat.Contracts;
using Npgsql;

namespace Chat.Bench.Load.Targets;

/// <summary>Chat with everything on: signed in, stored, ordered, with presence. Limits are raised, because all come from one address.</summary>
internal sealed class ChatTarget(string folder, bool isPinned) : Target("Chat")
{
    // Many share a commit.
    private const int AtOnce = 128;

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
        {
            tokens[person] = (await signIn.AsGuestAsync($"Person {person}", token)).AccessToken;
            // The first connection brings one into the room general: later, all who are connected would be told of each.
            await using var visit = await RawConnection.OpenAsync(scene.Nodes[0].Address, tokens[person], ChatProtocol.Json, scene.Trusts, new(), new(), token);
        });
        await MakeRoomsAsync(roomsOf, many);
        // Over HTTP: who is not connected is not told who else comes.
        var entries = roomsOf.SelectMany((each, person) => each.Select(room => (Person: person, Room: room)));
        await Parallel.ForEachAsync(entries, many, (entry, token) => PostAsync(http, entry.Person, entry.Room, ChatPaths.RoomJoin, null, token));
    }

    public override Seat SeatOf(int person, int node, bool isMessagePack)
    {
        var dialect = isMessagePack ? Dialect.MessagePack : Dialect.Json;
        return new Seat(Nodes[node], $"{ChatPaths.Hub}?access_token={tokens[person]}", dialect,
            [SignalRCalls.Greeting(dialect), new(SignalRCalls.Call(dialect, "Connect", """{"contractVersion":1}"""), Welcome)]);
    }

    /// <summary>How one comes back who knows its rooms up to the versions of a moment.</summary>
    public Seat ReturnOf(int person, int node, IEnumerable<int> known, Moment moment)
    {
        var heads = string.Join(',', known.Select(room => $$"""{"roomId":"{{rooms[room]}}","head":{{moment.Heads[rooms[room]]}}}"""));
        var seat = SeatOf(person, node, isMessagePack: false);
        var connect = SignalRCalls.Call(seat.Dialect, "Connect", $$"""{"contractVersion":1,"epoch":"{{moment.Epoch}}","known":[{{heads}}]}""");
        return seat with { Steps = [seat.Steps[0], new(connect, Welcome)], Resumes = true };
    }

    /// <summary>What the store holds now.</summary>
    public async Task<Moment> NowAsync(CancellationToken cancellation)
    {
        await using var reading = new NpgsqlConnection(scene.ConnectionString + ";Pooling=false");
        await reading.OpenAsync(cancellation);
        return new(StoreReading.Heads(reading), StoreReading.All(reading, "select value from meta where key = 'epoch'", row => row.GetString(0))[0]);
    }

    /// <summary>Kills a node as a power cut would.</summary>
    public Task KillAsync(int node) => scene.Nodes[node].KillAsync();

    /// <summary>Ends a node as a deploy does.</summary>
    public Task StopAsync(int node) => scene.Nodes[node].StopAsync(TimeSpan.FromMinutes(1));

    /// <summary>Where one node alone keeps everything.</summary>
    public string StoreFile => scene.Nodes[0].StoreFile;

    public Task StartAgainAsync(int node, CancellationToken cancellation) => BeginAsync(() => scene.Nodes[node].StartAsync(cancellation));

    /// <summary>Somebody says something in each room, over HTTP.</summary>
    public async Task SayAsync(int node, IEnumerable<(int Person, int Room)> words, CancellationToken cancellation)
    {
        using var http = new HttpClient { BaseAddress = scene.Nodes[node].Address };
        var text = Numbered.Text.Replace(Numbered.Blank, new string('0', Numbered.Blank.Length), StringComparison.Ordinal);
        var many = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation };
        await Parallel.ForEachAsync(words, many, (one, token) => PostAsync(http, one.Person, one.Room, ChatPaths.RoomMessages, JsonContent.Create(new { text }), token));
    }

    public override string CallTo(int room) => CallIn(room, "SendMessage", $$"""
        "clientMessageId":"{{Numbered.Moment}}-7000-8000-{{Numbered.Blank}}","text":"{{Numbered.Text}}"
        """);

    /// <summary>A call about a room.</summary>
    public string CallIn(int room, string method, string rest) => CallOf(method, $$"""{"roomId":"{{rooms[room]}}",{{rest}}}""");

    /// <summary>A call in JSON.</summary>
    public static string CallOf(string method, string argument) => Encoding.UTF8.GetString(SignalRCalls.Call(Dialect.Json, method, argument));

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

    private async ValueTask PostAsync(HttpClient http, int person, int room, string path, HttpContent? content, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path.Replace("{roomId}", $"{rooms[room]}", StringComparison.Ordinal)) { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", tokens[person]);
        using var answer = await http.SendAsync(request, cancellation);
        answer.EnsureSuccessStatusCode();
    }

    private Task BeginAsync(Func<Task> start) => isPinned ? Cores.StartAsync(start) : start();
}

/// <summary>The heads of all rooms, and the life of the store that they belong to.</summary>
internal sealed record Moment(IReadOnlyDictionary<Guid, long> Heads, string Epoch);
