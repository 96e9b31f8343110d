using System.Net.Security;
using Chat.Bench.Checking;
using Chat.Bench.Servers;

namespace Chat.Bench.Costs;

/// <summary>The real servers of one part, all on one core: nodes, and what they stand on.</summary>
/// <param name="folder">There; not of this user alone.</param>
/// <param name="isPinned">Whether they get a core of their own; a test that shares its machine takes what is free.</param>
internal sealed class Scene(string folder, bool isPinned = true) : IAsyncDisposable
{
    // All people come from one address, as fast as they can, and are gone as soon as they go.
    private readonly Dictionary<string, string> settings = new()
    {
        ["Chat__Delivery__ConnectionsPerNode"] = "1000000",
        ["Chat__Delivery__ConnectionsPerAddress"] = "1000000",
        ["Chat__Delivery__ChangesPerSecond"] = "1000000",
        ["Chat__Delivery__ChangesBurst"] = "1000000",
        ["Chat__Delivery__CallsPerSecond"] = "1000000",
        ["Chat__Delivery__CallsBurst"] = "1000000",
        ["Chat__SignIn__AttemptsPerAddress"] = "1000000",
        // Longer than any run: its clients come back with the token they have.
        ["Chat__SignIn__TokenMinutes"] = "10000",
        ["Chat__Presence__OfflineGraceMs"] = "0",
        ["Logging__LogLevel__Default"] = "Warning",
    };

    private readonly List<ServerProcess> nodes = [];

    public RedisServer? Redis { get; private set; }

    public PostgreSqlServer? PostgreSql { get; private set; }

    public NginxServer? Nginx { get; private set; }

    public IReadOnlyList<ServerProcess> Nodes => nodes;

    /// <summary>Whose certificate clients take.</summary>
    public RemoteCertificateValidationCallback Trusts => (sender, certificate, chain, errors) => Nginx?.Trusts(sender, certificate, chain, errors) is true;

    public string? ConnectionString { get; private set; }

    /// <summary>All that runs here.</summary>
    public IReadOnlyList<int> Processes =>
    [
        .. nodes.Where(node => node.IsRunning).Select(node => node.Id),
        .. Redis is null ? [] : (int[])[Redis.Id],
        .. PostgreSql is null ? [] : (int[])[PostgreSql.Id],
        .. Nginx is null ? [] : (int[])[Nginx.Id],
    ];

    public double NodeMicroseconds => nodes.Sum(node => Usage.Microseconds(node.Id));

    public async Task StartPostgreSqlAsync(CancellationToken cancellation)
    {
        PostgreSql = new PostgreSqlServer(Path.Combine(folder, "postgresql"));
        await BeginAsync(() => PostgreSql.StartAsync(cancellation));
        settings["Chat__Store__PostgreSql"] = ConnectionString = await PostgreSql.AddDatabaseAsync("chat");
        settings["Chat__SignIn__SigningKey"] = Convert.ToBase64String(new byte[48]);
    }

    public async Task StartRedisAsync(CancellationToken cancellation)
    {
        Redis = new RedisServer(folder);
        await BeginAsync(() => Redis.StartAsync(cancellation));
        settings["Chat__Redis__Connection"] = Redis.Connection;
    }

    public async Task StartNodesAsync(int count, CancellationToken cancellation)
    {
        for (var i = 0; i < count; i++)
        {
            var place = Directory.CreateDirectory(Path.Combine(folder, $"node{i}")).FullName;
            nodes.Add(new ServerProcess(place, settings));
            await BeginAsync(() => nodes[^1].StartAsync(cancellation));
        }
    }

    public async Task StartNginxAsync(CancellationToken cancellation)
    {
        Nginx = new NginxServer(Path.Combine(folder, "nginx"));
        await BeginAsync(() => Nginx.StartAsync([.. nodes.Select(node => node.Address)], cancellation));
    }

    public async Task StopNodesAsync()
    {
        foreach (var node in nodes) await node.DisposeAsync();
        nodes.Clear();
    }

    public async ValueTask DisposeAsync()
    {
        if (Nginx is not null) await Nginx.DisposeAsync();
        await StopNodesAsync();
        if (Redis is not null) await Redis.DisposeAsync();
        if (PostgreSql is not null) await PostgreSql.DisposeAsync();
    }

    private Task BeginAsync(Func<Task> start) => isPinned ? Cores.StartAsync(start) : start();
}
