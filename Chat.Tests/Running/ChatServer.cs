using System.Net.Http.Json;
using Chat.Contracts;
using Chat.Contracts.Wire;
using Chat.Hub;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Chat.Tests.Running;

/// <summary>A real server on a free port of the loopback address, with its store in a temporary folder.</summary>
public sealed class ChatServer : IAsyncDisposable
{
    private readonly TemporaryFolder folder;
    private readonly bool ownsFolder;
    private readonly List<string> tolerated = [];

    private ChatServer(WebApplication app, TemporaryFolder folder, bool ownsFolder, LogSink logs) =>
        (App, this.folder, this.ownsFolder, Logs) = (app, folder, ownsFolder, logs);

    public WebApplication App { get; }

    public LogSink Logs { get; }

    public Uri Address { get; private set; } = null!;

    public static Task<ChatServer> Start(params (string Key, string Value)[] settings) => Start(_ => { }, settings);

    public static Task<ChatServer> Start(Action<WebApplicationBuilder> configure, params (string Key, string Value)[] settings) =>
        Start(new TemporaryFolder(), true, configure, app => app.MapChat(), settings);

    /// <summary>Starts on a folder that outlives the server.</summary>
    public static Task<ChatServer> StartOn(TemporaryFolder folder, params (string Key, string Value)[] settings) =>
        Start(folder, false, _ => { }, app => app.MapChat(), settings);

    /// <summary>Starts on a database, one of several nodes perhaps.</summary>
    public static Task<ChatServer> StartOnPostgreSql(TemporaryFolder folder, string database, params (string, string)[] settings) =>
        StartOn(folder, [("Chat:Store:PostgreSql", database), ("Chat:SignIn:SigningKey", Convert.ToBase64String(new byte[48])), .. settings]);

    public static async Task<ChatServer> Start(
        TemporaryFolder folder, bool ownsFolder, Action<WebApplicationBuilder> configure, Action<WebApplication> map, params (string Key, string Value)[] settings)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = settings.FirstOrDefault(setting => setting.Key == "environment").Value ?? Environments.Development, ContentRootPath = folder.Path });
        builder.Configuration.AddInMemoryCollection(
        [
            new("urls", "http://127.0.0.1:0"),
            new("Chat:Store:Path", folder.File("chat.db")),
            // Many clients share the loopback address.
            new("Chat:Delivery:ConnectionsPerAddress", "10000"),
            new("Chat:Delivery:ChangesPerSecond", "100000"),
            new("Chat:Delivery:ChangesBurst", "100000"),
            new("Chat:Delivery:CallsPerSecond", "100000"),
            new("Chat:Delivery:CallsBurst", "100000"),
            new("Chat:SignIn:AttemptsPerAddress", "100000"),
        ]).AddInMemoryCollection(settings.Select(setting => new KeyValuePair<string, string?>(setting.Key, setting.Value)));
        var logs = new LogSink();
        builder.Logging.ClearProviders().AddProvider(logs);
        builder.AddChat();
        configure(builder);
        var app = builder.Build();
        map(app);
        var server = new ChatServer(app, folder, ownsFolder, logs);
        await app.StartAsync();
        server.Address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        return server;
    }

    public async Task<SignedIn> SignIn(string name = "Ann")
    {
        using var http = new HttpClient { BaseAddress = Address };
        using var response = await http.PostAsJsonAsync(ChatPaths.GuestSignIn, new GuestSignIn { Name = name }, ChatJson.Options);
        var reply = await response.Content.ReadFromJsonAsync<Reply<SignedIn>>(ChatJson.Options);
        return reply!.Result ?? throw new InvalidOperationException($"{reply.Error}");
    }

    /// <summary>A guest with an open connection that has called Connect.</summary>
    public async Task<Guest> Enter(string name = "Ann", Wire wire = Wire.Json)
    {
        var guest = new Guest(Address, await SignIn(name), wire);
        await guest.Start();
        return guest;
    }

    /// <summary>Says that this test causes an error log on purpose.</summary>
    public void Tolerate(string part) => tolerated.Add(part);

    public async ValueTask DisposeAsync()
    {
        await App.StopAsync();
        await App.DisposeAsync();
        if (ownsFolder) folder.Dispose();
        Logs.Errors.Where(line => !tolerated.Any(line.Contains)).Should().BeEmpty("a test fails on an unexpected error in the log");
    }
}
