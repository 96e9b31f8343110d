using System.Diagnostics;
using Chat.Client;
using Chat.Client.Connecting;
using Chat.Hub.Operations;
using Chat.Hub.Rooms;
using Chat.Tests.Running;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Chat.Tests.Client;

/// <summary>A machine that slept, a process that was frozen, a network that changed.</summary>
public sealed class WakingTests : IAsyncLifetime, IDisposable
{
    private readonly SleepyClock clock = new();
    private readonly News news = new();
    private readonly HttpClient http = new();
    private ChatServer server = null!;
    private Relay relay = null!;

    public async Task InitializeAsync()
    {
        server = await ChatServer.Start();
        relay = Relay.To(server.Address);
    }

    public async Task DisposeAsync()
    {
        await relay.DisposeAsync();
        await server.DisposeAsync();
    }

    public void Dispose() => http.Dispose();

    [Theory]
    [InlineData(ChatProtocol.Json, HttpTransportType.LongPolling)]
    [InlineData(ChatProtocol.MessagePack, HttpTransportType.WebSockets)]
    public async Task Asleep_for_an_hour_it_is_current_again_within_two_seconds_with_a_token_that_ran_out_and_over_a_dead_connection(ChatProtocol protocol, HttpTransportType transport)
    {
        var signIn = new ChatSignIn(http, relay.Address);
        var first = await signIn.AsGuestAsync("Ann");
        using var kept = new KeptSignIn(signIn, first, time: clock);
        await using var ann = Client(kept, protocol, transport);
        await using var bob = await server.Enter("Bob");
        await ann.StartAsync();
        var record = new StatusRecord(ann);

        relay.Deaden();
        Pass(server, TimeSpan.FromHours(1));
        for (var i = 0; i < 3; i++) await bob.Send(FirstRooms.General, $"while you slept {i}");
        var mine = ann.Send(FirstRooms.General, "typed before");
        record.All.Should().ContainSingle("nobody has noticed yet");
        clock.Sleep(TimeSpan.FromHours(1));
        var woken = Stopwatch.StartNew();

        await record.Hears(status => status.State is ChatState.Connected, from: 1);
        var room = ann.FindRoom(FirstRooms.General)!;
        room.Messages.Count(message => message.Text.StartsWith("while you slept", StringComparison.Ordinal)).Should().Be(3);
        woken.Elapsed.Should().BeLessThan(TimeSpan.FromSeconds(2));
        await Waiting.Until(() => Task.FromResult(room.Messages.Count(message => message.ClientMessageId == mine.Id) is 1), TimeSpan.FromSeconds(2));
        kept.Current.SessionId.Should().Be(first.SessionId);
        kept.Current.AccessToken.Should().NotBe(first.AccessToken, "the first one is over");
        record.States.Should().Equal(ChatState.Connected, ChatState.Reconnecting, ChatState.CatchingUp, ChatState.Connected);
        record.ShouldBePossible();
    }

    [Fact]
    public async Task A_moments_absence_costs_nothing_while_the_connection_carries_and_the_connection_when_it_does_not()
    {
        await using var ann = Client(await KeptAsync());
        await ann.StartAsync();
        var record = new StatusRecord(ann);

        await Waiting.Until(() => Task.FromResult(ann.RoundTrip is not null));
        var measured = ann.RoundTrip;
        clock.Sleep(TimeSpan.FromSeconds(10));
        await Waiting.Until(() => Task.FromResult(ann.RoundTrip != measured));
        record.All.Should().ContainSingle("it answers");

        relay.Deaden();
        clock.Sleep(TimeSpan.FromSeconds(10));
        await record.Hears(status => status.State is ChatState.Connected, from: 1);
        record.States.Should().Equal(ChatState.Connected, ChatState.Reconnecting, ChatState.CatchingUp, ChatState.Connected);
    }

    [Fact]
    public async Task Waking_and_news_of_the_network_and_somebody_who_looks_end_the_wait_for_the_next_try()
    {
        await using var ann = Client(await KeptAsync(), longWaits: true);
        var record = new StatusRecord(ann);
        relay.Answer = "";
        var starting = ann.StartAsync();
        await record.Hears(IsWaiting);

        foreach (var call in (Action[])[ann.RetryNow, () => clock.Sleep(TimeSpan.FromMinutes(10)), news.Tell])
        {
            var (before, tried) = (record.All.Count, relay.Accepted);
            call();
            await record.Hears(IsWaiting, from: before);
            relay.Accepted.Should().BeGreaterThan(tried);
        }
        (relay.Answer, relay.IsBlackHole) = (null, true);
        var hanging = relay.Accepted;
        ann.RetryNow();
        await Waiting.Until(() => Task.FromResult(relay.Accepted > hanging));
        relay.IsBlackHole = false;
        clock.Sleep(TimeSpan.FromMinutes(10));
        await starting.WaitAsync(TimeSpan.FromSeconds(10));

        relay.Deaden();
        news.Tell();
        var now = record.All.Count;
        await record.Hears(status => status.State is ChatState.Connected, from: now);
        record.ShouldBePossible();
    }

    [Fact]
    public async Task A_server_that_refuses_connections_is_asked_when_it_said_by_the_wall_clock()
    {
        await using var ann = Client(await KeptAsync());
        var record = new StatusRecord(ann);
        relay.Answer = "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 60\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
        var starting = ann.StartAsync();
        var waiting = await record.Hears(IsWaiting);
        waiting.NextTryAt.Should().BeAfter(clock.GetUtcNow().AddSeconds(50));
        relay.Answer = null;
        clock.Sleep(TimeSpan.FromSeconds(61));
        await starting.WaitAsync(TimeSpan.FromSeconds(10));
    }

    private static bool IsWaiting(ChatStatus status) => status.NextTryAt is not null;

    private async Task<KeptSignIn> KeptAsync()
    {
        var signIn = new ChatSignIn(http, server.Address);
        return new KeptSignIn(signIn, await signIn.AsGuestAsync("Ann"));
    }

    private ChatClient Client(KeptSignIn kept, ChatProtocol protocol = ChatProtocol.Json, HttpTransportType? transport = null, bool longWaits = false) => new(new ChatClientOptions
    {
        Server = relay.Address,
        SignIn = kept,
        Protocol = protocol,
        TimeProvider = clock,
        Network = news,
        ConfigureHttp = transport is { } only ? http => http.Transports = only : null,
        FirstBackoff = longWaits ? TimeSpan.FromHours(1) : TimeSpan.FromSeconds(0.5),
        LongestBackoff = longWaits ? TimeSpan.FromHours(1) : TimeSpan.FromSeconds(30),
    });

    private static void Pass(ChatServer server, TimeSpan time)
    {
        var clock = server.App.Services.GetRequiredService<ChatClock>();
        clock.Agree(clock.Now + time, TimeProvider.System.GetTimestamp());
    }

    private sealed class News : NetworkNews
    {
        private Action? changed;

        public override IDisposable? Subscribe(Action changed, ILogger logger)
        {
            this.changed = changed;
            return null;
        }

        public void Tell() => changed!();
    }
}
