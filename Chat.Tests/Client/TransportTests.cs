using System.Collections.Concurrent;
using Chat.Client;
using Chat.Contracts;
using Chat.Hub;
using Chat.Hub.Delivery;
using Chat.Hub.Rooms;
using Chat.Tests.Running;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Tests.Client;

/// <summary>Networks that let only some things through.</summary>
public sealed class TransportTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(15);

    private readonly ConcurrentQueue<string> passed = [];

    [Theory]
    [InlineData(ChatProtocol.Json, true, true, "WebSocket")]
    [InlineData(ChatProtocol.Json, false, true, "stream of events")]
    [InlineData(ChatProtocol.MessagePack, false, true, "poll")]
    [InlineData(ChatProtocol.Json, false, false, "poll")]
    public async Task Whatever_gets_through_carries_all_that_is_promised(ChatProtocol protocol, bool sockets, bool streams, string carrier)
    {
        await using var server = await Start(sockets, streams);
        await using var ann = Client(server, await server.SignIn("Ann"), protocol, ChatTransport.Any);
        await using var bob = Client(server, await server.SignIn("Bob"), ChatProtocol.Json, ChatTransport.Any);
        await ann.StartAsync().WaitAsync(Limit);
        await bob.StartAsync().WaitAsync(Limit);
        await ann.SendMessageAsync(FirstRooms.General, "hello").WaitAsync(Limit);
        await Sees(bob, "hello");
        await bob.SendMessageAsync(FirstRooms.General, "hi").WaitAsync(Limit);
        await Sees(ann, "hi");

        var record = new StatusRecord(ann);
        var connections = server.App.Services.GetRequiredService<Connections>();
        foreach (var id in connections.Ids) await connections.Close(id, CloseCode.Draining);
        var waiting = ann.SendMessageAsync(FirstRooms.General, "over the drop");
        await bob.SendMessageAsync(FirstRooms.General, "missed perhaps").WaitAsync(Limit);
        await record.Hears(status => status.State is ChatState.Connected, from: 1, Limit);
        (await waiting.WaitAsync(Limit)).Text.Should().Be("over the drop");
        await Sees(ann, "missed perhaps");
        await Sees(bob, "over the drop");
        ann.FindRoom(FirstRooms.General)!.Messages.Count(message => message.Text == "over the drop").Should().Be(1);
        passed.Should().Contain(carrier).And.NotContain(kind => kind == "refused " + carrier);
        record.ShouldBePossible();
    }

    [Fact]
    public async Task WebSockets_only_asks_nothing_before_and_never_falls_back()
    {
        await using var server = await Start(true, true);
        await using (var ann = Client(server, await server.SignIn("Ann"), ChatProtocol.MessagePack, ChatTransport.WebSocketsOnly))
        {
            await ann.StartAsync().WaitAsync(Limit);
            await ann.SendMessageAsync(FirstRooms.General, "hello").WaitAsync(Limit);
            passed.Should().Equal("WebSocket");
        }
        passed.Clear();
        await using var refusing = await Start(false, true);
        await using var bob = Client(refusing, await refusing.SignIn("Bob"), ChatProtocol.Json, ChatTransport.WebSocketsOnly);
        var record = new StatusRecord(bob);
        using var enough = new CancellationTokenSource();
        var starting = bob.StartAsync(enough.Token);
        (await record.Hears(status => status.NextTryAt is not null, within: Limit)).Reason!.Message.Should().Contain("400");
        await enough.CancelAsync();
        await starting.Invoking(start => start).Should().ThrowAsync<OperationCanceledException>();
        passed.Should().OnlyContain(kind => kind == "refused WebSocket");
        bob.Status.State.Should().Be(ChatState.Offline);
    }

    private static Task Sees(ChatClient client, string text) =>
        Waiting.Until(() => Task.FromResult(client.FindRoom(FirstRooms.General)!.Messages.Any(message => message.Text == text)), Limit);

    private Task<ChatServer> Start(bool sockets, bool streams) => ChatServer.Start(new TemporaryFolder(), true, _ => { }, app =>
    {
        app.Use((http, next) =>
        {
            if (!http.Request.Path.StartsWithSegments("/hubs")) return next(http);
            var (kind, isLet) = KindOf(http.Request) switch
            {
                "WebSocket" => ("WebSocket", sockets),
                "stream of events" => ("stream of events", streams),
                var other => (other, true),
            };
            passed.Enqueue(isLet ? kind : "refused " + kind);
            if (isLet) return next(http);
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
            return Task.CompletedTask;
        });
        app.MapChat();
    });

    private static string KindOf(HttpRequest request) =>
        request.Headers.Upgrade == "websocket" ? "WebSocket"
        : request.Method == "POST" && request.Path.Value!.EndsWith("/negotiate", StringComparison.Ordinal) ? "negotiation"
        : request.Headers.Accept == "text/event-stream" ? "stream of events"
        : request.Method == "GET" ? "poll"
        : "send";

    private static ChatClient Client(ChatServer server, SignedIn who, ChatProtocol protocol, ChatTransport transport) => new(new ChatClientOptions
    {
        Server = server.Address,
        AccessToken = _ => Task.FromResult<string?>(who.AccessToken),
        Protocol = protocol,
        Transport = transport,
        WatchesNetwork = false,
    });
}
