using System.Diagnostics;
using Chat.Client;
using Chat.Hub.Operations;
using Chat.Hub.Rooms;
using Chat.Tests.Running;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Tests.Nginx;

/// <summary>What clients see of a node that dies, stops or hangs.</summary>
public sealed class FailingNodeTests
{
    [Fact]
    public async Task Clients_of_a_node_that_dies_are_back_on_the_others()
    {
        await using var cluster = await Cluster.Start();
        var ann = await cluster.SignIn();
        var clients = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => cluster.EnterWithClient(ann)));
        await using var all = new Disposables(clients);
        var (dead, before) = (cluster.Nodes[0], cluster.Arrivals());
        before[0].Should().BePositive();

        await Cluster.Kill(dead);
        await Waiting.Until(() => Task.FromResult(cluster.Arrivals()[1..].Sum() == 30), TimeSpan.FromSeconds(20));
        await Waiting.Until(() => Task.FromResult(clients.All(client => client.Status.State is ChatState.Connected)));
        cluster.Arrivals()[0].Should().Be(before[0]);
    }

    [Theory]
    [InlineData(HttpTransportType.WebSockets)]
    [InlineData(HttpTransportType.ServerSentEvents)]
    [InlineData(HttpTransportType.LongPolling)]
    public async Task New_connections_pass_by_a_node_that_stops(HttpTransportType transport)
    {
        await using var cluster = await Cluster.Start();
        var ann = await cluster.SignIn();
        var refused = 0;
        cluster.Trouble = (node, http) => node is 0 ? Refuse(http, () => Interlocked.Increment(ref refused)) : null;
        for (var i = 0; i < 20 || refused is 0; i++)
        {
            await using var client = await cluster.EnterWithClient(ann, http => http.Transports = transport);
            await client.SendMessageAsync(FirstRooms.General, $"hello {i}");
        }
        cluster.Arrivals()[0].Should().Be(0);
        refused.Should().BeLessThan(10, "a node that refused is left alone for 2 s");
    }

    [Theory]
    [InlineData(HttpTransportType.WebSockets)]
    [InlineData(HttpTransportType.ServerSentEvents)]
    [InlineData(HttpTransportType.LongPolling)]
    public async Task While_a_node_drains_newcomers_go_elsewhere_and_those_who_are_there_are_not_cut_off(HttpTransportType transport)
    {
        await using var cluster = await Cluster.Start();
        var staying = new List<Guest>();
        for (var i = 0; i < 6 || cluster.Arrivals()[0] < 2; i++)
            staying.Add(await cluster.Enter(await cluster.SignIn($"Guest {i}"), configure: http => http.Transports = transport));
        await using var all = new Disposables(staying);
        var before = cluster.Arrivals()[0];

        cluster.Nodes[0].App.Services.GetRequiredService<DrainingLifetime>().StopApplication();
        await Waiting.Until(() => Task.FromResult(cluster.Nodes[0].App.Services.GetRequiredService<DrainState>().IsDraining));
        var ann = await cluster.SignIn();
        for (var i = 0; i < 20; i++) await using (await cluster.EnterWithClient(ann, http => http.Transports = transport)) { }

        cluster.Arrivals()[0].Should().Be(before);
        foreach (var guest in staying) await guest.Send(FirstRooms.General, "still here");
    }

    [Theory]
    [InlineData(HttpTransportType.ServerSentEvents)]
    [InlineData(HttpTransportType.LongPolling)]
    public async Task A_connection_negotiated_elsewhere_is_found_when_its_first_node_is_back(HttpTransportType transport)
    {
        await using var cluster = await Cluster.Start();
        var ann = await cluster.SignIn();
        cluster.Trouble = (node, http) => node is 0 && http.Request.Path.Value!.EndsWith("/negotiate", StringComparison.Ordinal) ? Refuse(http) : null;
        bool WasFound() => File.ReadAllText(cluster.Nginx.AccessLog).Contains("\"nodeStatus\":\"404, ");
        for (var i = 0; i < 40 && !WasFound(); i++)
        {
            await using var client = await cluster.EnterWithClient(ann, http => http.Transports = transport);
            await client.SendMessageAsync(FirstRooms.General, $"hello {i}");
        }
        WasFound().Should().BeTrue();
    }

    [Fact]
    public async Task A_node_that_hangs_holds_nobody_up_for_long()
    {
        await using var cluster = await Cluster.Start();
        var ann = await cluster.SignIn();
        var hung = 0;
        cluster.Trouble = (node, http) => node is 0 ? Hang(http, () => Interlocked.Increment(ref hung)) : null;
        var slowest = await Task.WhenAll(Enumerable.Range(0, 20).Select(async _ =>
        {
            var start = Stopwatch.GetTimestamp();
            await using var client = await cluster.EnterWithClient(ann);
            return Stopwatch.GetElapsedTime(start);
        }));
        hung.Should().BePositive();
        slowest.Max().Should().BeGreaterThan(TimeSpan.FromSeconds(4)).And.BeLessThan(TimeSpan.FromSeconds(15));
    }

    private static Task Refuse(HttpContext http, Action? seen = null)
    {
        seen?.Invoke();
        http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        return Task.CompletedTask;
    }

    private static async Task Hang(HttpContext http, Action seen)
    {
        seen();
        var gone = new TaskCompletionSource();
        await using var _ = http.RequestAborted.Register(gone.SetResult);
        await gone.Task;
    }
}
