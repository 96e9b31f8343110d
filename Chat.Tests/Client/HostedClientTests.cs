using Chat.Client;
using Chat.Contracts;
using Chat.Hub.Rooms;
using Chat.Tests.Running;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Chat.Tests.Client;

/// <summary>A client in a program with a host.</summary>
public sealed class HostedClientTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task The_host_starts_without_a_server_and_the_client_is_connected_once_there_is_one_and_stops_with_the_host()
    {
        await using var server = await ChatServer.Start();
        var ann = await server.SignIn("Ann");
        var isThere = new TaskCompletionSource();
        using var host = Hosting(_ => new ChatClientOptions
        {
            Server = server.Address,
            // As long as this waits, there is nobody to connect to.
            AccessToken = async ct =>
            {
                await isThere.Task.WaitAsync(ct);
                return ann.AccessToken;
            },
        });
        await host.StartAsync().WaitAsync(Limit);
        var client = host.Services.GetRequiredService<ChatClient>();
        var connected = client.WaitUntilConnectedAsync();
        connected.IsCompleted.Should().BeFalse();

        isThere.SetResult();
        await connected.WaitAsync(Limit);
        client.FindRoom(FirstRooms.General).Should().NotBeNull();
        await client.WaitUntilConnectedAsync().WaitAsync(Limit);
        await host.StopAsync().WaitAsync(Limit);
        client.Status.State.Should().Be(ChatState.Offline);
    }

    [Fact]
    public async Task Waiting_for_a_connection_ends_where_there_will_be_none()
    {
        await using var server = await ChatServer.Start();
        await using var client = new ChatClient(new ChatClientOptions { Server = server.Address, AccessToken = _ => Task.FromResult<string?>("nobody's") });
        var waiting = client.WaitUntilConnectedAsync();
        await client.Invoking(c => c.StartAsync().WaitAsync(Limit)).Should().ThrowAsync<ChatException>();
        (await waiting.Invoking(task => task.WaitAsync(Limit)).Should().ThrowAsync<ChatException>()).Which.Code.Should().Be(ErrorCode.Unauthenticated);

        var other = new ChatClient(new ChatClientOptions { Server = server.Address });
        var never = other.WaitUntilConnectedAsync();
        await other.DisposeAsync();
        await never.Invoking(task => task.WaitAsync(Limit)).Should().ThrowAsync<ObjectDisposedException>();
    }

    [Fact]
    public void Logs_and_the_clock_come_from_the_program_unless_the_options_name_others()
    {
        var clock = new FakeTimeProvider();
        using var logs = new LoggerFactory();
        using var own = new LoggerFactory();
        using var program = new ServiceCollection().AddSingleton<ILoggerFactory>(logs).AddSingleton<TimeProvider>(clock).BuildServiceProvider();
        var plain = new ChatClientOptions { Server = new Uri("http://localhost"), ClientName = "plain" }.CompletedBy(program);
        (plain.LoggerFactory, plain.TimeProvider, plain.ClientName).Should().Be((logs, clock, "plain"));
        new ChatClientOptions { Server = new Uri("http://localhost"), LoggerFactory = own }.CompletedBy(program).LoggerFactory.Should().Be(own);
    }

    private static IHost Hosting(Func<IServiceProvider, ChatClientOptions> options)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddChatClient(options);
        return builder.Build();
    }
}
