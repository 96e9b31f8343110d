using Chat.Client;

namespace Chat.Bench.Costs;

/// <summary>Three nodes on Redis and PostgreSQL: what they cost doing nothing, telling a room that all of them hear, and telling each other of people.</summary>
internal static class NodesCosts
{
    private const int Nodes = 3;
    private const int RoomsEach = 10;
    private const int InARoom = 20;
    private const int Travellers = 200;

    public static async Task MeasureAsync(CostsPlan plan, Figures figures, string folder, CancellationToken cancellation)
    {
        await using var scene = new Scene(folder);
        await scene.StartPostgreSqlAsync(cancellation);
        await scene.StartRedisAsync(cancellation);
        await scene.StartNodesAsync(Nodes, cancellation);
        await using var crowd = new Crowd(scene);
        var large = Guid.NewGuid();
        var rooms = Enumerable.Range(0, Travellers / InARoom * RoomsEach).Select(_ => Guid.NewGuid()).ToArray();
        await crowd.GatherAsync(
            plan.Room + Travellers,
            person => person < plan.Room ? [large] : rooms[((person - plan.Room) / InARoom * RoomsEach)..((person - plan.Room) / InARoom * RoomsEach + RoomsEach)],
            cancellation);

        var idle = await IdleAsync(plan, figures, scene, cancellation);
        await SpeakAsync(plan, figures, scene, crowd, large, cancellation);
        await TravelAsync(plan, figures, scene, crowd, idle, cancellation);
    }

    private static async Task<Spent> IdleAsync(CostsPlan plan, Figures figures, Scene scene, CancellationToken cancellation)
    {
        var found = new List<Spent>();
        for (var round = 0; round < plan.Rounds; round++)
        {
            var before = Spent.Now(scene);
            await Task.Delay(plan.Round, cancellation);
            found.Add((Spent.Now(scene) - before) / plan.Round.TotalSeconds);
        }
        figures.Add($"{Nodes} nodes, nobody there: processor time of each node", "µs a second", [.. found.Select(one => one.AllNodes / Nodes)]);
        figures.Add($"{Nodes} nodes, nobody there: processor time of Redis (beats)", "µs a second", [.. found.Select(one => one.Redis)]);
        figures.Add($"{Nodes} nodes, nobody there: processor time of PostgreSQL (polls and its own)", "µs a second", [.. found.Select(one => one.PostgreSql)]);
        return found.OrderBy(one => one.AllNodes).ElementAt(found.Count / 2);
    }

    private static async Task SpeakAsync(CostsPlan plan, Figures figures, Scene scene, Crowd crowd, Guid room, CancellationToken cancellation)
    {
        await crowd.ConnectAsync(0, plan.Room, ChatProtocol.Json, [.. scene.Nodes.Select(node => node.Address)], cancellation);
        await Talk.ToRoomAsync(crowd, crowd.Connected[0], room, plan.Room, plan.Warm, cancellation);
        var found = new List<Spent>();
        for (var round = 0; round < plan.Rounds; round++)
        {
            var before = Spent.Now(scene);
            var messages = await Talk.ToRoomAsync(crowd, crowd.Connected[0], room, plan.Room, plan.Round, cancellation);
            found.Add((Spent.Now(scene) - before) / messages);
        }
        figures.Add($"room of {plan.Room} on {Nodes} nodes: processor time of all nodes", "µs a delivery", [.. found.Select(one => one.AllNodes / plan.Room)]);
        figures.Add($"room of {plan.Room} on {Nodes} nodes: processor time of Redis", "µs a message", [.. found.Select(one => one.Redis)]);
        figures.Add($"room of {plan.Room} on {Nodes} nodes: processor time of PostgreSQL", "µs a message", [.. found.Select(one => one.PostgreSql)]);
        await crowd.DisconnectAsync();
    }

    // All to the first node: what the others spend is what they hear of it.
    private static async Task TravelAsync(CostsPlan plan, Figures figures, Scene scene, Crowd crowd, Spent idle, CancellationToken cancellation)
    {
        const int times = 3;
        var found = new List<Spent>();
        for (var round = 0; round < plan.Rounds + 1; round++)
        {
            var clock = System.Diagnostics.Stopwatch.StartNew();
            var before = Spent.Now(scene);
            for (var i = 0; i < times; i++)
            {
                await crowd.ConnectAsync(plan.Room, Travellers, ChatProtocol.Json, [scene.Nodes[0].Address], cancellation);
                await crowd.DisconnectAsync();
            }
            await Task.Delay(TimeSpan.FromSeconds(2), cancellation);
            // The first round is the warm-up.
            if (round > 0) found.Add((Spent.Now(scene) - before - idle * clock.Elapsed.TotalSeconds) / (times * Travellers));
        }
        figures.Add("connection that comes and goes, in 11 rooms: processor time of its node", "µs", [.. found.Select(one => one.First)]);
        figures.Add("connection that comes and goes, in 11 rooms: processor time of each other node (gossip)", "µs", [.. found.Select(one => one.Others / (Nodes - 1))]);
        figures.Add($"connection that comes and goes, in 11 rooms: processor time of Redis with {Nodes} nodes", "µs", [.. found.Select(one => one.Redis)]);
        figures.Add("connection that comes and goes, in 11 rooms: processor time of PostgreSQL", "µs", [.. found.Select(one => one.PostgreSql)]);
    }

    /// <summary>Processor time in µs.</summary>
    private sealed record Spent(double First, double Others, double Redis, double PostgreSql)
    {
        public double AllNodes => First + Others;

        public static Spent Now(Scene scene) => new(
            Usage.Microseconds(scene.Nodes[0].Id), scene.Nodes.Skip(1).Sum(node => Usage.Microseconds(node.Id)),
            Usage.Microseconds(scene.Redis!.Id), Usage.Microseconds(scene.PostgreSql!.Id));

        public static Spent operator -(Spent a, Spent b) => new(a.First - b.First, a.Others - b.Others, a.Redis - b.Redis, a.PostgreSql - b.PostgreSql);

        public static Spent operator *(Spent a, double times) => new(a.First * times, a.Others * times, a.Redis * times, a.PostgreSql * times);

        public static Spent operator /(Spent a, double by) => a * (1 / by);
    }
}
