using Chat.Client;
using Chat.Contracts;
using Chat.Hub.Delivery;
using Chat.Hub.Hubs;
using Chat.Tests.Hubs;
using Chat.Tests.Running;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Tests.Client;

/// <summary>What a client says of its connection, and that it is true.</summary>
public sealed class ConnectionStateTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task A_life_of_a_client_goes_through_possible_states_only()
    {
        await using var server = await ChatServer.Start();
        await using var relay = Relay.To(server.Address);
        var ann = await server.SignIn();
        var token = ann.AccessToken;
        await using var client = Client(relay.Address, _ => Task.FromResult<string?>(token));
        var record = new StatusRecord(client);
        ChatState[] back = [ChatState.Reconnecting, ChatState.CatchingUp, ChatState.Connected];
        var expected = new List<ChatState> { ChatState.Offline, ChatState.Connecting, ChatState.CatchingUp, ChatState.Connected };
        await client.StartAsync().WaitAsync(Limit);

        await Then(() => Task.Run(relay.Cut), back);
        var connections = server.App.Services.GetRequiredService<Connections>();
        await Then(() => server.App.Services.GetRequiredService<IHubContext<ChatHub, IChatClient>>().Clients.All.Draining(new Draining { ReconnectAfterMs = 0 }), back);
        await Then(() => Close(CloseCode.Draining), back);
        token = "not a token";
        await Then(() => Close(CloseCode.Draining), ChatState.Reconnecting, ChatState.SignedOut);
        client.Status.Reason.Should().BeOfType<ChatException>().Which.Code.Should().Be(ErrorCode.Unauthenticated);
        token = ann.AccessToken;
        await Then(() => client.StartAsync(), ChatState.Connecting, ChatState.CatchingUp, ChatState.Connected);
        await Then(() => Close(CloseCode.Banned), ChatState.Stopped);
        client.Status.Closing!.Code.Should().Be(CloseCode.Banned);
        await Then(() => client.StartAsync(), ChatState.Connecting, ChatState.CatchingUp, ChatState.Connected);
        await Then(() => client.StopAsync(), ChatState.Offline);
        client.Status.Reason.Should().BeNull();
        await Then(() => client.StartAsync(), ChatState.Connecting, ChatState.CatchingUp, ChatState.Connected);
        await Then(() => client.DisposeAsync().AsTask(), ChatState.Offline);
        record.ShouldBePossible();

        async Task Close(CloseCode code)
        {
            foreach (var id in connections.Ids) await connections.Close(id, code);
        }

        async Task Then(Func<Task> happens, params ChatState[] states)
        {
            expected.AddRange(states);
            await happens().WaitAsync(Limit);
            await Waiting.Until(() => Task.FromResult(record.States.Count >= expected.Count), Limit);
            record.States.Should().Equal(expected);
        }
    }

    [Fact]
    public async Task Connected_is_said_when_nothing_is_missing_any_more()
    {
        await using var scene = await Scene.With(["Ann", "Bob"]);
        await using var bob = Client(scene.Server.Address, _ => Task.FromResult<string?>(scene[1].SignedIn.AccessToken));
        await bob.StartAsync().WaitAsync(Limit);
        await bob.StopAsync();
        // More than one answer holds, so that it must be asked for.
        var long_ = new string('x', 16_000);
        await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => scene.Say(0, long_)));
        var head = (await scene.Say(0, "last")).Version;
        var told = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
        var watching = Task.Run(async () =>
        {
            await foreach (var status in bob.WatchStatusAsync())
                if (status.State is ChatState.Connected) told.TrySetResult(bob.FindRoom(scene.RoomId)!.State.Sequence.Known);
        });
        await bob.StartAsync().WaitAsync(Limit);
        (await told.Task.WaitAsync(Limit)).Should().BeGreaterThanOrEqualTo(head);
        await bob.DisposeAsync();
        await watching.WaitAsync(Limit);
    }

    [Fact]
    public async Task Each_try_begins_when_it_was_said_to()
    {
        await using var server = await ChatServer.Start();
        await using var relay = Relay.To(server.Address);
        relay.Answer = "";
        var ann = await server.SignIn();
        await using var client = Client(relay.Address, _ => Task.FromResult<string?>(ann.AccessToken), TimeSpan.FromMilliseconds(100));
        var record = new StatusRecord(client);
        var starting = client.StartAsync();
        await Waiting.Until(() => Task.FromResult(record.All.Count(status => status.NextTryAt is not null) >= 6), Limit);
        relay.Answer = null;
        await starting.WaitAsync(Limit);

        var waits = record.Timed.Zip(record.Timed.Skip(1)).Where(pair => pair.First.Status.NextTryAt is not null).ToList();
        foreach (var (said, next) in waits)
        {
            said.Status.Reason.Should().NotBeNull();
            next.Status.Should().Be(new ChatStatus { State = ChatState.Connecting }, "a try is under way");
            // Timers go by a coarser clock.
            next.At.Should().BeOnOrAfter(said.Status.NextTryAt!.Value.AddMilliseconds(-20)).And.BeBefore(said.Status.NextTryAt!.Value.AddSeconds(2));
        }
    }

    [Fact]
    public async Task Who_watches_sees_the_state_as_it_is_then_the_latest_and_the_end()
    {
        await using var server = await ChatServer.Start();
        var ann = await server.SignIn();
        await using var client = Client(server.Address, _ => Task.FromResult<string?>(ann.AccessToken));
        await using var slow = client.WatchStatusAsync().GetAsyncEnumerator();
        (await slow.MoveNextAsync()).Should().BeTrue();
        slow.Current.State.Should().Be(ChatState.Offline);
        await client.StartAsync().WaitAsync(Limit);
        (await slow.MoveNextAsync()).Should().BeTrue();
        slow.Current.State.Should().Be(ChatState.Connected, "what was between is over");

        using var enough = new CancellationTokenSource();
        await using var left = client.WatchStatusAsync(enough.Token).GetAsyncEnumerator();
        (await left.MoveNextAsync()).Should().BeTrue();
        await enough.CancelAsync();
        var more = async () => await left.MoveNextAsync();
        await more.Should().ThrowAsync<OperationCanceledException>();

        await client.DisposeAsync();
        (await slow.MoveNextAsync()).Should().BeTrue();
        slow.Current.State.Should().Be(ChatState.Offline);
        (await slow.MoveNextAsync()).Should().BeFalse();
        (await client.WatchStatusAsync().ToListAsync()).Should().ContainSingle();
    }

    private static ChatClient Client(Uri server, Func<CancellationToken, Task<string?>> token, TimeSpan? firstBackoff = null) => new(new ChatClientOptions
    {
        Server = server,
        AccessToken = token,
        FirstBackoff = firstBackoff ?? TimeSpan.FromSeconds(0.5),
        LongestBackoff = TimeSpan.FromSeconds(0.5),
        WatchesNetwork = false,
    });
}
