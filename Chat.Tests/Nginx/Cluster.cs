using System.Security.Cryptography;
using Chat.Bench.Servers;
using Chat.Client;
using Chat.Contracts;
using Chat.Hub;
using Chat.Hub.SignIn;
using Chat.Hub.Storage;
using Chat.Tests.Running;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Connections.Client;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Tests.Nginx;

/// <summary>
/// Three nodes behind the real nginx. Each has a store of its own, since these tests ask who gets where; a guest is made on
/// all of them, and one key signs for all.
/// </summary>
internal sealed class Cluster : IAsyncDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly string key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(48));
    private readonly (string Key, string Value)[] settings;

    private Cluster((string Key, string Value)[] settings, (string Name, int Value)[] limits)
    {
        this.settings = settings;
        Nginx = new NginxServer(folder.Path, limits);
    }

    public NginxServer Nginx { get; }

    public List<ChatServer> Nodes { get; } = [];

    public IReadOnlyList<Uri> Addresses => [.. Nodes.Select(node => node.Address)];

    public static Task<Cluster> Start(params (string Name, int Value)[] limits) => StartWith([], limits);

    public static async Task<Cluster> StartWith((string Key, string Value)[] settings, params (string Name, int Value)[] limits)
    {
        var cluster = new Cluster(settings, limits);
        for (var i = 0; i < 3; i++) await cluster.AddNode();
        await cluster.Nginx.StartAsync(cluster.Addresses);
        return cluster;
    }

    public async Task<ChatServer> AddNode()
    {
        var number = Nodes.Count;
        var node = await ChatServer.Start(new TemporaryFolder(), true, _ => { }, app => Map(app, number),
        [
            ("Chat:SignIn:SigningKey", key), ("Chat:Delivery:ConnectionsPerUser", "10000"), ("Chat:Proxies", "127.0.0.1"), .. settings,
        ]);
        Nodes.Add(node);
        return node;
    }

    /// <summary>What a node does with a request to its hub; null as ever.</summary>
    public Func<int, HttpContext, Task?> Trouble { get; set; } = (_, _) => null;

    /// <summary>Its listener and all connections to it are gone at once.</summary>
    public static Task Kill(ChatServer node) => node.App.StopAsync(new CancellationToken(canceled: true));

    /// <summary>Somebody whom every node knows.</summary>
    public async Task<SignedIn> SignIn(string name = "Ann")
    {
        var user = new User { Id = Guid.NewGuid(), Name = name, Kind = UserKind.Guest, CreatedAt = DateTimeOffset.UtcNow };
        var session = new KeptSession
        {
            Id = Guid.NewGuid(),
            UserId = user.Id,
            Client = "",
            Address = "",
            CreatedAt = user.CreatedAt,
            LastUsedAt = user.CreatedAt,
            RenewedAt = user.CreatedAt,
            TokenHash = [],
        };
        foreach (var node in Nodes)
        {
            await node.App.Services.GetRequiredService<IRoomStore>().AddUser(user, null, null, default);
            await node.App.Services.GetRequiredService<ISessionStore>().AddSession(session, default);
        }
        return Nodes[0].App.Services.GetRequiredService<TokenIssuer>().Issue(user, session.Id, "");
    }

    /// <summary>A plain SignalR connection through nginx that has called Connect.</summary>
    public async Task<Guest> Enter(SignedIn signedIn, Wire wire = Wire.Json, Action<HttpConnectionOptions>? configure = null)
    {
        var guest = new Guest(Nginx.Address, signedIn, wire, Trusting(configure));
        await guest.Start();
        return guest;
    }

    /// <summary>Chat's own client, through nginx, connected.</summary>
    public async Task<ChatClient> EnterWithClient(SignedIn signedIn, Action<HttpConnectionOptions>? configure = null)
    {
        var client = new ChatClient(new ChatClientOptions
        {
            Server = Nginx.Address,
            AccessToken = _ => Task.FromResult<string?>(signedIn.AccessToken),
            ConfigureHttp = Trusting(configure),
        });
        await client.StartAsync();
        return client;
    }

    public HttpClient Http() => new(Nginx.Handler()) { BaseAddress = Nginx.Address };

    /// <summary>How many times somebody came in at each node that runs.</summary>
    public int[] Arrivals() => [.. Nodes.Select(node => node.Logs.At(Microsoft.Extensions.Logging.LogLevel.Information).Count(line => line.Contains(" connected as ")))];

    public async ValueTask DisposeAsync()
    {
        await Nginx.DisposeAsync();
        foreach (var node in Nodes) await node.DisposeAsync();
        folder.Dispose();
    }

    private void Map(WebApplication app, int number)
    {
        app.Use((http, next) => http.Request.Path.StartsWithSegments("/hubs") && Trouble(number, http) is { } trouble ? trouble : next(http));
        app.MapChat().MapGet("/seen", (HttpContext http) => $"{http.Connection.RemoteIpAddress} {http.Request.Scheme} {http.Request.Host}");
    }

    private Action<HttpConnectionOptions> Trusting(Action<HttpConnectionOptions>? configure) => options =>
    {
        options.HttpMessageHandlerFactory = _ => Nginx.Handler();
        options.WebSocketConfiguration = socket => socket.RemoteCertificateValidationCallback = Nginx.Trusts;
        configure?.Invoke(options);
    };
}
