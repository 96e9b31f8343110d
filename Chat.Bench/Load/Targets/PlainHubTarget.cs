using System.Net;
using System.Text;
using Chat.Bench.Checking;
using Chat.Bench.Costs;
using Chat.Bench.Load.Clients;
using Chat.Bench.Servers;

namespace Chat.Bench.Load.Targets;

/// <summary>The yardstick: a SignalR hub that does nothing but tell a group (<see cref="PlainHub"/>), with Redis between several.</summary>
internal sealed class PlainHubTarget(string folder, bool isPinned) : Target("plain hub")
{
    // As every web project has it.
    private static readonly Dictionary<string, string> Settings = new() { ["DOTNET_gcServer"] = "1", ["Logging__LogLevel__Default"] = "Warning" };

    private readonly List<ServerProcess> nodes = [];
    private RedisServer? redis;
    private IReadOnlyList<IReadOnlyList<int>> rooms = [];

    public override IReadOnlyList<IPEndPoint> Nodes => [.. nodes.Select(node => IPEndPoint.Parse(node.Address.Authority))];

    public override IReadOnlyList<int> Processes => [.. nodes.Select(node => node.Id), .. redis is null ? [] : (int[])[redis.Id]];

    public override async Task StartAsync(int nodes, CancellationToken cancellation)
    {
        if (nodes > 1)
        {
            redis = new RedisServer(folder);
            await BeginAsync(() => redis.StartAsync(cancellation));
        }
        for (var i = 0; i < nodes; i++)
        {
            var place = Directory.CreateDirectory(Path.Combine(folder, $"node{i}")).FullName;
            this.nodes.Add(new ServerProcess(place, Settings, ["Chat.Bench.dll", PlainHub.Verb, .. redis is null ? [] : (string[])["--redis", redis.Connection]]));
            await BeginAsync(() => this.nodes[^1].StartAsync(cancellation));
        }
    }

    public override Task GatherAsync(IReadOnlyList<IReadOnlyList<int>> roomsOf, CancellationToken cancellation)
    {
        rooms = roomsOf;
        return Task.CompletedTask;
    }

    public override Seat SeatOf(int person, int node, bool isMessagePack)
    {
        var dialect = isMessagePack ? Dialect.MessagePack : Dialect.Json;
        var names = string.Join(',', rooms[person].Select(room => $"\"room-{room}\""));
        return new Seat(Nodes[node], PlainHub.Path, dialect,
            [SignalRCalls.Greeting(dialect), .. rooms[person].Count is 0 ? [] : (Step[])[new(SignalRCalls.Call(dialect, "Join", $"[{names}]"), SignalRCalls.Id)]]);
    }

    public override string CallTo(int room) => Encoding.UTF8.GetString(SignalRCalls.Call(Dialect.Json, "Send", $"\"room-{room}\",\"{Numbered.Text}\""));

    public override async ValueTask DisposeAsync()
    {
        foreach (var node in nodes) await node.DisposeAsync();
        if (redis is not null) await redis.DisposeAsync();
    }

    private Task BeginAsync(Func<Task> start) => isPinned ? Cores.StartAsync(start) : start();
}
