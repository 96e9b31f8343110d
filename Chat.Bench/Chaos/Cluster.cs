using System.Data;
using System.Net.Security;
using System.Security.Cryptography;
using Chat.Bench.Checking;
using Chat.Bench.Servers;
using Chat.Client;
using Chat.Contracts;
using Npgsql;

namespace Chat.Bench.Chaos;

/// <summary>Three nodes, nginx, Redis and PostgreSQL as real processes on the loopback address.</summary>
internal sealed class Cluster : IStored, IAsyncDisposable
{
    private const int NodeCount = 3;

    private readonly string folder;
    private string connection = "";

    public Cluster(string folder)
    {
        this.folder = folder;
        Redis = new RedisServer(Folder("redis"));
        // The user postgres goes in there: it makes its own folder.
        PostgreSql = new PostgreSqlServer(Path.Combine(folder, "postgres"));
        Nginx = new NginxServer(Folder("nginx"));
        Clock = new MovedClock(Path.Combine(folder, "clock"));
    }

    public RedisServer Redis { get; }

    public PostgreSqlServer PostgreSql { get; }

    public NginxServer Nginx { get; }

    public IReadOnlyList<ServerProcess> Nodes { get; private set; } = [];

    /// <summary>Of the last node.</summary>
    public MovedClock Clock { get; }

    /// <summary>Where everybody goes.</summary>
    public Uri Door => Nginx.Address;

    public string CertificateFile => Nginx.CertificateFile;

    public async Task StartAsync(Defect defect, CancellationToken cancellation)
    {
        await Task.WhenAll(Redis.StartAsync(cancellation), PostgreSql.StartAsync(cancellation));
        connection = await PostgreSql.AddDatabaseAsync("chat");
        var settings = Settings();
        string[] program = defect is Defect.None or Defect.NoConstraint ? [] : ["Chat.Bench.dll", SpoiledNode.Verb, $"{defect}"];
        Nodes = [.. Enumerable.Range(0, NodeCount).Select(i => new ServerProcess(
            Folder($"node-{i}"), i == NodeCount - 1 ? settings.Concat(Clock.Settings).ToDictionary() : settings, program))];
        // At once, as a deploy does: migrations run under a lock.
        await Task.WhenAll(Nodes.Select(node => node.StartAsync(cancellation)));
        if (defect is Defect.NoConstraint) await PostgreSql.RunAsync("drop index messages_once", "chat");
        await Nginx.StartAsync([.. Nodes.Select(node => node.Address)], cancellation);
    }

    /// <summary>Everything in the store, as of one moment, read past the nodes.</summary>
    public StoredHistory ReadStore() => Read(StoreReading.Read);

    public IReadOnlyDictionary<Guid, long> ReadHeads() => Read(StoreReading.Heads);

    /// <summary>A new guest, at nginx or at a node.</summary>
    public async Task<SignedIn> SignInAsync(string name, CancellationToken cancellation, Uri? at = null)
    {
        using var handler = Nginx.Handler();
        using var http = new HttpClient(handler);
        return await new ChatSignIn(http, at ?? Door).AsGuestAsync(name, cancellation);
    }

    public ChatClientOptions ClientOptions(Uri server, SignedIn signedIn, string name, ChatProtocol protocol) => new()
    {
        Server = server,
        AccessToken = _ => Task.FromResult<string?>(signedIn.AccessToken),
        LongestBackoff = TimeSpan.FromSeconds(5),
        ClientName = name,
        Protocol = protocol,
        MessagesKept = 1_000,
        ConfigureHttp = http =>
        {
            http.HttpMessageHandlerFactory = _ => Nginx.Handler();
            http.WebSocketConfiguration = socket => socket.RemoteCertificateValidationCallback = new RemoteCertificateValidationCallback(Nginx.Trusts);
        },
    };

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(Nodes.Select(node => node.DisposeAsync().AsTask()));
        await Nginx.DisposeAsync();
        await Redis.DisposeAsync();
        await PostgreSql.DisposeAsync();
    }

    private T Read<T>(Func<NpgsqlConnection, T> read)
    {
        using var reading = new NpgsqlConnection(connection + ";Pooling=false");
        reading.Open();
        using var moment = reading.BeginTransaction(IsolationLevel.RepeatableRead);
        return read(reading);
    }

    private Dictionary<string, string> Settings() => new()
    {
        ["ASPNETCORE_ENVIRONMENT"] = "Production",
        ["Chat__Store__PostgreSql"] = connection,
        ["Chat__Redis__Connection"] = Redis.Connection,
        // Longer than any run: its clients come back with the token they have.
        ["Chat__SignIn__TokenMinutes"] = "10000",
        ["Chat__SignIn__SigningKey"] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(48)),
        ["Chat__SignIn__GuestsAllowed"] = "true",
        // Everybody comes from one address here.
        ["Chat__Delivery__ConnectionsPerAddress"] = "10000",
        ["Chat__SignIn__AttemptsPerAddress"] = "10000",
        ["Chat__Draining__SpreadSeconds"] = "5",
        ["Logging__LogLevel__Default"] = "Warning",
        ["Logging__LogLevel__Chat"] = "Information",
        ["Logging__Console__FormatterName"] = "simple",
        ["Logging__Console__FormatterOptions__SingleLine"] = "true",
        ["Logging__Console__FormatterOptions__TimestampFormat"] = "HH:mm:ss.fff ",
    };

    private string Folder(string name) => Directory.CreateDirectory(Path.Combine(folder, name)).FullName;
}
