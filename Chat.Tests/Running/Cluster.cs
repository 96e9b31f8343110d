using System.Security.Cryptography;
using Chat.Bench.Servers;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Tests.Running;

/// <summary>Several nodes in this process on one database of PostgreSQL and a Redis of their own.</summary>
internal sealed class Cluster : IAsyncDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly List<ChatServer> nodes = [];
    private readonly (string, string)[] settings;

    private Cluster(string database, (string, string)[] settings)
    {
        Redis = new RedisServer(folder.Path);
        this.settings =
        [
            ("Chat:Store:PostgreSql", database),
            ("Chat:Redis:Connection", Redis.Connection),
            ("Chat:SignIn:SigningKey", Convert.ToBase64String(RandomNumberGenerator.GetBytes(48))),
            ("Chat:Presence:OfflineGraceMs", "300"),
            .. settings,
        ];
    }

    public RedisServer Redis { get; }

    public ChatServer this[int node] => nodes[node];

    public IReadOnlyList<ChatServer> Nodes => nodes;

    public static async Task<Cluster> Start(int nodes, params (string, string)[] settings)
    {
        var cluster = new Cluster(await PostgreSqlForTests.NewDatabase(), settings);
        await cluster.Redis.StartAsync();
        for (var i = 0; i < nodes; i++) await cluster.Add();
        await cluster.Together();
        return cluster;
    }

    public async Task<ChatServer> Add(params (string, string)[] more)
    {
        var node = await ChatServer.Start([.. settings.Where(setting => more.All(other => other.Item1 != setting.Item1)), .. more]);
        nodes.Add(node);
        return node;
    }

    /// <summary>Waits until Redis carries messages between all nodes.</summary>
    public Task Together() => Waiting.Until(() => Task.FromResult(nodes.All(node =>
        Backplane(node).IsHealthy && node.App.Services.GetRequiredService<Chat.Hub.Nodes.Gossip>().OtherNodes >= nodes.Count - 1)));

    /// <summary>Waits until no node believes in Redis any more.</summary>
    public Task Apart() => Waiting.Until(() => Task.FromResult(nodes.All(node => !Backplane(node).IsHealthy)));

    public static Chat.Hub.Nodes.Backplane Backplane(ChatServer node) => node.App.Services.GetRequiredService<Chat.Hub.Nodes.Backplane>();

    public static Chat.Hub.Nodes.Reach Reach(ChatServer node) => node.App.Services.GetRequiredService<Chat.Hub.Nodes.Reach>();

    public async ValueTask DisposeAsync()
    {
        try
        {
            // A node that logged an error throws here: that must not leave the rest behind.
            foreach (var node in nodes) await node.DisposeAsync();
        }
        finally
        {
            await Redis.DisposeAsync();
            folder.Dispose();
        }
    }
}
