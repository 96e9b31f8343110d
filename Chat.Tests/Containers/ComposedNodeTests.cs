using System.Net;
using System.Net.Http.Json;
using Chat.Bench.Servers;
using Chat.Contracts;
using Chat.Contracts.Wire;
using Chat.Tests.Running;

namespace Chat.Tests.Containers;

/// <summary>A node as compose.yaml starts it with what ./setup made: the same program, command and environment, as processes.</summary>
public sealed class ComposedNodeTests
{
    [Fact]
    public async Task A_node_with_the_settings_of_compose_is_healthy_on_PostgreSQL_and_Redis_and_stops_in_time()
    {
        using var setup = new Setup();
        await setup.Run();
        var compose = new ComposeFile(setup.Variables);
        using var folder = new TemporaryFolder();
        await using var postgres = await PostgreSqlForTests.Start();
        await postgres.Server.RunAsync($"create role chat login password '{setup.Variables["POSTGRES_PASSWORD"]}'");
        await postgres.Server.RunAsync("create database chat owner chat");
        var redisPort = Ports.Free();
        await using var redis = StartRedis(compose, folder, redisPort);

        var (environment, address) = EnvironmentOf(compose, folder, postgres.Server.Port, redisPort);
        (await Health(environment, folder)).Should().Be(1, "nobody is there yet");
        await using var node = Start(environment, folder);
        await Waiting.Until(async () => node.HasExited || await Health(environment, folder) is 0, TimeSpan.FromSeconds(60));

        using var http = new HttpClient { BaseAddress = address };
        await Waiting.Until(async () => (await http.GetStringAsync("/metrics")).Contains("chat_redis_healthy 1"));
        (await http.GetStringAsync("/health/ready")).Should().Be("ready");
        (await http.PostAsJsonAsync(ChatPaths.GuestSignIn, new GuestSignIn { Name = "Ann" }, ChatJson.Options)).StatusCode.Should().Be(HttpStatusCode.Forbidden);
        (await http.PostAsJsonAsync(ChatPaths.Accounts, new CreateAccount { Name = "Ann", Password = "correct horse" }, ChatJson.Options)).StatusCode.Should().Be(HttpStatusCode.OK);

        node.Signal("TERM");
        await node.EndAsync(TimeSpan.FromSeconds(40));
        node.ExitCode.Should().Be(0);
        Directory.GetFiles(folder.Path).Select(Path.GetFileName).Should().BeEquivalentTo(["node.log", "redis.log"], because: "its file system is read-only");
    }

    [Fact]
    public async Task Without_a_signing_key_a_node_refuses_to_start()
    {
        using var setup = new Setup();
        await setup.Run();
        using var folder = new TemporaryFolder();
        var (environment, _) = EnvironmentOf(new ComposeFile(setup.Variables), folder, Ports.Free(), Ports.Free());
        environment.Remove("Chat__SignIn__SigningKey");
        await using var node = Start(environment, folder);
        await node.EndAsync(TimeSpan.FromSeconds(30));
        node.ExitCode.Should().NotBe(0);
        await Waiting.Until(async () => (await File.ReadAllTextAsync(folder.File("node.log"))).Contains("Chat:SignIn:SigningKey"));
    }

    private static (Dictionary<string, string> Environment, Uri Address) EnvironmentOf(ComposeFile compose, TemporaryFolder folder, int postgresPort, int redisPort)
    {
        var environment = compose.EnvironmentOf("chat1");
        var port = $"{Ports.Free()}";
        environment["ASPNETCORE_HTTP_PORTS"] = port;
        environment["Chat__Attachments__Folder"] = folder.File("attachments");
        environment["Chat__Store__PostgreSql"] = environment["Chat__Store__PostgreSql"].Replace("Host=postgres;", $"Host=127.0.0.1;Port={postgresPort};");
        environment["Chat__Redis__Connection"] = environment["Chat__Redis__Connection"].Replace("redis:6379,", $"127.0.0.1:{redisPort},");
        return (environment, new Uri($"http://127.0.0.1:{port}"));
    }

    private static ChildProcess StartRedis(ComposeFile compose, TemporaryFolder folder, int port)
    {
        var data = Directory.CreateDirectory(folder.File("redis")).FullName;
        var command = compose.CommandOf("redis");
        command[^1] = command[^1].Replace("dir /data", $"dir {data}\nbind 127.0.0.1\nport {port}");
        return ChildProcess.Start(command[0], command[1..], folder.File("redis.log"), compose.EnvironmentOf("redis"));
    }

    private static ChildProcess Start(Dictionary<string, string> environment, TemporaryFolder folder, params string[] verb) => ChildProcess.Start(
        "dotnet", [Path.Combine(AppContext.BaseDirectory, "Chat.Hub.dll"), .. verb, "--contentRoot", folder.Path], folder.File("node.log"), environment);

    private static async Task<int> Health(Dictionary<string, string> environment, TemporaryFolder folder)
    {
        await using var asking = Start(environment, folder, "health");
        await asking.EndAsync(TimeSpan.FromSeconds(20));
        return asking.ExitCode;
    }
}
