using System.Net;
using Chat.Contracts;
using Chat.Hub.Operations;
using Chat.Hub.Rooms;
using Chat.Tests.Running;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Tests.Operations;

public sealed class DrainTests
{
    [Fact]
    public async Task A_node_that_stops_tells_its_clients_each_its_moment_lets_nobody_in_and_closes_with_the_reason()
    {
        await using var server = await ChatServer.Start(("Chat:Draining:GraceSeconds", "3"), ("Chat:Draining:SpreadSeconds", "1"));
        await using var ann = await server.Enter("Ann");
        await using var bob = await server.Enter("Bob", Wire.MessagePack);
        var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        ann.Connection.Closed += _ =>
        {
            closed.TrySetResult();
            return Task.CompletedTask;
        };
        using var http = new HttpClient { BaseAddress = server.Address };
        (await http.GetAsync("/health/ready")).StatusCode.Should().Be(HttpStatusCode.OK);

        Stop(server);

        (await ann.Hears<Draining>(_ => true)).ReconnectAfterMs.Should().BeInRange(0, 1_000);
        await bob.Hears<Draining>(_ => true);
        (await http.GetAsync("/health/ready")).StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
        (await http.GetAsync("/health/live")).StatusCode.Should().Be(HttpStatusCode.OK);
        var late = async () => await server.Enter("Late");
        (await late.Should().ThrowAsync<HttpRequestException>()).Which.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
        await ann.Send(FirstRooms.General, "still answered");
        await bob.Hears<Message>(message => message.Text == "still answered");

        (await ann.Hears<Closing>(_ => true)).Should().Match<Closing>(closing => closing.Code == CloseCode.Draining && closing.Reconnect == ReconnectAdvice.Elsewhere);
        await closed.Task.WaitAsync(TimeSpan.FromSeconds(10));
        await Stopped(server).WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task An_empty_node_stops_at_once_and_a_second_signal_does_not_wait_for_clients()
    {
        await using var empty = await ChatServer.Start(("Chat:Draining:GraceSeconds", "3600"));
        Stop(empty);
        await Stopped(empty).WaitAsync(TimeSpan.FromSeconds(10));

        await using var busy = await ChatServer.Start(("Chat:Draining:GraceSeconds", "3600"));
        await using var ann = await busy.Enter("Ann");
        Stop(busy);
        await ann.Hears<Draining>(_ => true);
        Stop(busy);
        await Stopped(busy).WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Theory]
    [InlineData(HttpTransportType.LongPolling)]
    [InlineData(HttpTransportType.ServerSentEvents)]
    public async Task Open_connections_over_plain_requests_go_on_while_the_node_drains(HttpTransportType transport)
    {
        await using var server = await ChatServer.Start(("Chat:Draining:GraceSeconds", "60"));
        await using var ann = new Guest(server.Address, await server.SignIn("Ann"), Wire.Json, options => options.Transports = transport);
        await ann.Start();
        Stop(server);
        await ann.Hears<Draining>(_ => true);
        for (var i = 0; i < 5; i++) await ann.Send(FirstRooms.General, $"sent {i}");
        await ann.Hears<Message>(message => message.Text == "sent 4");
        await ann.Connection.StopAsync();
        await Stopped(server).WaitAsync(TimeSpan.FromSeconds(10));
    }

    // As the console's lifetime does at SIGTERM.
    private static void Stop(ChatServer server) => server.App.Services.GetRequiredService<DrainingLifetime>().StopApplication();

    private static async Task Stopped(ChatServer server)
    {
        var stopping = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = server.App.Lifetime.ApplicationStopping.Register(() => stopping.TrySetResult());
        await stopping.Task;
    }
}
