using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Chat.Contracts;
using Chat.Hub;
using Chat.Hub.Delivery;
using Chat.Hub.Rooms;
using Chat.Tests.Running;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Tests.Web;

/// <summary>The TypeScript client behind networks that let through less than they should.</summary>
public sealed class TransportTests
{
    [Theory]
    [InlineData("json", true, "events")]
    [InlineData("json", false, "polls")]
    [InlineData("messagepack", true, "polls")]
    public async Task Without_WebSockets_the_client_keeps_its_promises_over_what_is_left(string protocol, bool takesEvents, string expected)
    {
        var ways = new ConcurrentQueue<string>();
        await using var server = await ChatServer.Start(new TemporaryFolder(), true, _ => { }, app =>
        {
            app.Use((http, next) => Refuses(http, takesEvents, ways) ? Forbid(http) : next(http));
            app.MapChat();
        });
        var signedIn = await server.SignIn("Node");
        await using var node = Node.Run("client/test/join.mjs", server.Address.AbsoluteUri, signedIn.AccessToken, protocol, FirstRooms.General.ToString());
        await using var guest = new Guest(server.Address, await server.SignIn("Guest"), Wire.Json, options => options.Transports = Microsoft.AspNetCore.Http.Connections.HttpTransportType.LongPolling);
        await guest.Start();
        await node.Line(line => line["joined"] is not null);

        await Speak("first");
        await node.Say(new JsonObject { ["send"] = "sent" });
        await node.Line(line => line["message"]?["text"]?.GetValue<string>() == "sent");

        var connections = server.App.Services.GetRequiredService<Connections>();
        foreach (var id in connections.Ids.Where(id => id != guest.Connection.ConnectionId)) await connections.Close(id, CloseCode.TooSlow);
        await node.Line(line => line["state"]?.GetValue<string>() == "reconnecting");
        await Speak("while away");

        ways.Should().Contain("sockets").And.Contain(expected);
        if (protocol == "messagepack") ways.Should().NotContain("events", "server-sent events carry text only");

        async Task Speak(string text)
        {
            await guest.Send(FirstRooms.General, text);
            await node.Line(line => line["message"]?["text"]?.GetValue<string>() == text);
        }
    }

    [Fact]
    public async Task WebSockets_only_asks_nothing_before_and_knows_a_token_that_is_not_taken()
    {
        var paths = new ConcurrentQueue<string>();
        await using var server = await ChatServer.Start(new TemporaryFolder(), true, _ => { }, app =>
        {
            app.Use((http, next) =>
            {
                paths.Enqueue(http.Request.Path);
                return next(http);
            });
            app.MapChat();
        });
        var signedIn = await server.SignIn("Node");
        foreach (var protocol in (string[])["json", "messagepack"])
        {
            await using var node = Node.Run("client/test/join.mjs", server.Address.AbsoluteUri, signedIn.AccessToken, protocol, FirstRooms.General.ToString(), "websockets");
            await node.Line(line => line["joined"] is not null);
        }
        await using var stranger = Node.Run("client/test/join.mjs", server.Address.AbsoluteUri, "nobody's", "json", FirstRooms.General.ToString(), "websockets");
        await stranger.Line(line => line["state"]?.GetValue<string>() == "signed_out");

        paths.Should().Contain(ChatPaths.Hub).And.NotContain(path => path.EndsWith("/negotiate"));
    }

    private static bool Refuses(HttpContext http, bool takesEvents, ConcurrentQueue<string> ways)
    {
        if (http.Request.Path != ChatPaths.Hub || http.Request.Method != HttpMethods.Get) return false;
        var way = http.Request.Headers.Upgrade.Count > 0 ? "sockets" : http.Request.Headers.Accept == "text/event-stream" ? "events" : "polls";
        ways.Enqueue(way);
        return way == "sockets" || (way == "events" && !takesEvents);
    }

    private static Task Forbid(HttpContext http)
    {
        http.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }
}
