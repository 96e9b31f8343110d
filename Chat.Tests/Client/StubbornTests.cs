using Chat.Client;
using Chat.Contracts;
using Chat.Tests.Running;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Tests.Client;

/// <summary>What else may answer in place of a server, and stops at bad moments.</summary>
public sealed class StubbornTests : IAsyncLifetime
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private ChatServer server = null!;
    private Relay relay = null!;
    private SignedIn ann = null!;

    public async Task InitializeAsync()
    {
        server = await ChatServer.Start();
        relay = Relay.To(server.Address);
        ann = await server.SignIn();
    }

    public async Task DisposeAsync()
    {
        await relay.DisposeAsync();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task What_is_refused_for_a_moment_only_is_asked_again()
    {
        await using var slow = await ChatServer.Start(("Chat:Delivery:ChangesPerSecond", "5"), ("Chat:Delivery:ChangesBurst", "1"));
        var bob = await slow.SignIn("Bob");
        await using var bare = new Guest(slow.Address, bob, Wire.Json);
        await bare.Start();
        var refused = await Task.WhenAll(Enumerable.Range(0, 3).Select(i => bare.Hub.CreateRoom(new CreateRoom { RoomId = Guid.NewGuid(), Name = $"bare {i}" })));
        refused.Should().Contain(reply => reply.Error != null && reply.Error.Code == ErrorCode.RateLimited && reply.Error.RetryAfterMs < 2_000);

        await using var client = new ChatClient(new ChatClientOptions { Server = slow.Address, AccessToken = _ => Task.FromResult<string?>(bob.AccessToken) });
        await client.StartAsync();
        for (var i = 0; i < 3; i++) await client.CreateRoomAsync($"room {i}");
        client.Rooms.Select(room => room.Room.Name).Should().Contain(["room 0", "room 1", "room 2"]);
    }

    [Fact]
    public async Task Whatever_answers_instead_of_the_server_the_client_says_it_and_goes_on_until_the_server_is_there()
    {
        const string Page = "<html><body>Welcome to our hotel. Please sign in.</body></html>";
        string[] answers =
        [
            "",
            $"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {Page.Length}\r\nConnection: close\r\n\r\n{Page}",
            "HTTP/1.1 302 Found\r\nLocation: /hotel\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
            "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
            "HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
            "HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
            "HTTP/1.1 511 Network Authentication Required\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
            "SSH-2.0-OpenSSH_9.2\r\n\r\n",
        ];
        await using var client = Client(relay.Address);
        var record = new StatusRecord(client);
        relay.Answer = answers[0];
        var starting = client.StartAsync();
        foreach (var answer in answers)
        {
            relay.Answer = answer;
            var now = record.All.Count;
            client.RetryNow();
            (await record.Hears(status => status.NextTryAt is not null, from: now)).Reason.Should().NotBeNull();
        }
        relay.Answer = null;
        client.RetryNow();
        await starting.WaitAsync(Limit);
        record.ShouldBePossible();
    }

    [Theory]
    [InlineData("http://nowhere.invalid")]
    [InlineData("https://127.0.0.1")]
    public async Task A_name_that_is_not_known_and_a_certificate_that_is_none_are_tried_again(string address)
    {
        var target = new UriBuilder(address) { Port = server.Address.Port };
        await using var client = Client(target.Uri);
        var record = new StatusRecord(client);
        var starting = client.StartAsync();
        (await record.Hears(status => status.NextTryAt is not null, within: Limit)).Reason.Should().BeOfType<HttpRequestException>();
        await client.StopAsync().WaitAsync(Limit);
        (await starting.Invoking(start => start).Should().ThrowAsync<ChatException>()).Which.Code.Should().Be(ErrorCode.Unavailable);
    }

    [Fact]
    public async Task A_server_that_takes_no_more_connections_of_a_user_is_asked_again_when_it_said()
    {
        await using var full = await ChatServer.Start(("Chat:Delivery:ConnectionsPerUser", "1"));
        ann = await full.SignIn();
        var first = new Guest(full.Address, ann, Wire.Json);
        await first.Start();
        await using var client = Client(full.Address, backoff: TimeSpan.FromMilliseconds(1));
        var record = new StatusRecord(client);
        var starting = client.StartAsync();
        var waiting = await record.Hears(status => status.NextTryAt is not null);
        waiting.Reason.Should().BeOfType<HttpRequestException>().Which.StatusCode.Should().Be(System.Net.HttpStatusCode.TooManyRequests);
        waiting.NextTryAt.Should().BeAfter(DateTimeOffset.UtcNow.AddSeconds(3));

        await first.DisposeAsync();
        await Waiting.Until(() => Task.FromResult(full.App.Services.GetRequiredService<Chat.Hub.Delivery.Connections>().IsEmpty));
        client.RetryNow();
        await starting.WaitAsync(Limit);
    }

    [Theory]
    [InlineData(ChatProtocol.Json)]
    [InlineData(ChatProtocol.MessagePack)]
    public async Task What_is_larger_than_the_server_takes_is_refused_and_the_connection_stays(ChatProtocol protocol)
    {
        await using var client = Client(server.Address, protocol: protocol);
        await client.StartAsync().WaitAsync(Limit);
        var record = new StatusRecord(client);
        var send = () => client.SetSessionDataAsync(new Dictionary<string, string> { ["key"] = new string('x', client.Limits!.FrameBytes) });
        (await send.Should().ThrowAsync<ChatException>()).Which.Code.Should().Be(ErrorCode.TooLarge);
        (await client.SetSessionDataAsync(new Dictionary<string, string> { ["key"] = "x" }).WaitAsync(Limit)).Should().ContainKey("key");
        record.All.Should().ContainSingle();
    }

    public enum Phase
    {
        Token,
        Negotiation,
        Wait,
        Connected,
    }

    [Theory]
    [InlineData(Phase.Token)]
    [InlineData(Phase.Negotiation)]
    [InlineData(Phase.Wait)]
    [InlineData(Phase.Connected)]
    public async Task A_client_can_be_stopped_at_any_moment_and_started_again(Phase phase)
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var isSilent = phase is Phase.Token;
        await using var client = Client(relay.Address, async () =>
        {
            asked.TrySetResult();
            if (isSilent) await new TaskCompletionSource().Task;
            return ann.AccessToken;
        });
        var record = new StatusRecord(client);
        relay.IsBlackHole = phase is Phase.Negotiation;
        if (phase is Phase.Wait) relay.Answer = "";
        var starting = client.StartAsync();
        _ = starting.ContinueWith(failed => failed.Exception, TaskScheduler.Default);
        await asked.Task.WaitAsync(Limit);
        if (phase is Phase.Wait) await record.Hears(status => status.NextTryAt is not null);
        if (phase is Phase.Connected) await starting.WaitAsync(Limit);
        relay.Deaden();

        await client.StopAsync().WaitAsync(TimeSpan.FromSeconds(5));
        client.Status.Should().Be(new ChatStatus { State = ChatState.Offline });
        if (phase is not Phase.Connected)
            (await starting.Invoking(start => start).Should().ThrowAsync<ChatException>()).Which.Code.Should().Be(ErrorCode.Unavailable);

        (isSilent, relay.IsBlackHole, relay.Answer) = (false, false, null);
        await client.StartAsync().WaitAsync(Limit);
        record.ShouldBePossible();
    }

    [Fact]
    public async Task A_start_that_is_given_up_leaves_the_client_offline_and_disposing_it_ends_a_wait()
    {
        relay.IsBlackHole = true;
        await using var client = Client(relay.Address);
        using var enough = new CancellationTokenSource();
        var starting = client.StartAsync(enough.Token);
        await Waiting.Until(() => Task.FromResult(relay.Accepted > 0));
        await enough.CancelAsync();
        await starting.Invoking(start => start).Should().ThrowAsync<OperationCanceledException>();
        client.Status.State.Should().Be(ChatState.Offline);

        (relay.IsBlackHole, relay.Answer) = (false, "");
        var record = new StatusRecord(client);
        starting = client.StartAsync();
        await record.Hears(status => status.NextTryAt is not null);
        await client.DisposeAsync().AsTask().WaitAsync(Limit);
        await starting.Invoking(start => start).Should().ThrowAsync<ChatException>();
        var again = () => client.StartAsync();
        await again.Should().ThrowAsync<ObjectDisposedException>();
    }

    [Fact]
    public async Task A_handler_of_an_event_may_dispose_the_client()
    {
        var client = Client(relay.Address);
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        client.StatusChanged += async (_, status) =>
        {
            if (status.State is not ChatState.Connected) return;
            await client.DisposeAsync();
            done.TrySetResult();
        };
        await client.StartAsync().WaitAsync(Limit);
        await done.Task.WaitAsync(Limit);
        client.Status.State.Should().Be(ChatState.Offline);
    }

    private ChatClient Client(Uri address, Func<Task<string?>>? token = null, TimeSpan? backoff = null, ChatProtocol protocol = ChatProtocol.Json) => new(new ChatClientOptions
    {
        Server = address,
        AccessToken = _ => token?.Invoke() ?? Task.FromResult<string?>(ann.AccessToken),
        Protocol = protocol,
        FirstBackoff = backoff ?? TimeSpan.FromHours(1),
        LongestBackoff = TimeSpan.FromHours(1),
        WatchesNetwork = false,
    });
}
