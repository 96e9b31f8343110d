using Chat.Hub.Delivery;
using Microsoft.AspNetCore.SignalR.StackExchangeRedis;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Chat.Hub.Nodes;

/// <summary>One life of the way through Redis: from a connection that stands to one that does not any more.</summary>
internal sealed class BackplaneLink : IDisposable
{
    private readonly RedisHubLifetimeManager<NodeHub> manager;
    private readonly NodeConnection connection;

    private BackplaneLink(RedisHubLifetimeManager<NodeHub> manager, NodeConnection connection) =>
        (this.manager, this.connection) = (manager, connection);

    /// <exception cref="RedisException">Redis is away.</exception>
    public static async Task<BackplaneLink> Open(BackplaneOptions options, string epoch, NodeIdentity self, Action<Envelope> heard, ILoggerFactory loggers)
    {
        var configuration = ConfigurationOptions.Parse(options.Connection!);
        configuration.AbortOnConnectFail = true;
        configuration.ConnectTimeout = 2_000;
        // Of the store too: nodes on different stores must not hear each other, even where somebody forgot to set the prefix.
        configuration.ChannelPrefix = RedisChannel.Literal($"{options.ChannelPrefix}:{epoch}:");
        configuration.ClientName = $"chat-{self.Key}";
        var redis = await ConnectionMultiplexer.ConnectAsync(configuration);
        var protocol = new NodeProtocol();
        var manager = new RedisHubLifetimeManager<NodeHub>(
            new QuietLoggerFactory(loggers).CreateLogger<RedisHubLifetimeManager<NodeHub>>(),
            Options.Create(new RedisOptions { Configuration = configuration, ConnectionFactory = _ => Task.FromResult<IConnectionMultiplexer>(redis) }),
            protocol);
        var connection = new NodeConnection(self.Key, protocol, heard, loggers);
        try
        {
            await manager.OnConnectedAsync(connection);
        }
        catch
        {
            manager.Dispose();
            throw;
        }
        return new BackplaneLink(manager, connection);
    }

    /// <summary>To the other nodes.</summary>
    public Task Say(Envelope envelope) => manager.SendAllExceptAsync(NodeHub.Say, [envelope], [connection.ConnectionId]);

    /// <summary>To the other nodes that listen to the room.</summary>
    public Task SayIn(Guid roomId, Envelope envelope) =>
        manager.SendGroupExceptAsync(roomId.ToString("N"), NodeHub.Say, [envelope], [connection.ConnectionId]);

    /// <summary>To all nodes, this one too: what comes back has gone the whole way.</summary>
    public Task SayToAll(Envelope envelope) => manager.SendAllAsync(NodeHub.Say, [envelope]);

    /// <summary>Hears the room from now on.</summary>
    public Task Listen(Guid roomId) => manager.AddToGroupAsync(connection.ConnectionId, roomId.ToString("N"));

    public Task Unlisten(Guid roomId) => manager.RemoveFromGroupAsync(connection.ConnectionId, roomId.ToString("N"));

    public void Dispose() => manager.Dispose();
}
