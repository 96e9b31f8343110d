using System.Net;
using System.Text.Json.Nodes;
using Chat.Contracts;
using Chat.Hub;
using Chat.Hub.Rooms;
using Chat.Tests.Running;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using static Chat.Tests.Integrations.BotTests;

namespace Chat.Tests.Integrations;

public sealed class PlainHttpTests
{
    [Fact]
    public async Task Rooms_are_listed_joined_read_and_written_without_a_connection()
    {
        await using var server = await ChatServer.Start();
        await using var ann = await server.Enter("Ann");
        using var bob = Http(server, await server.SignIn("Bob"));
        (await Ask<RoomPage>(bob, HttpMethod.Get, ChatPaths.Rooms + "?search=gen&limit=5")).Result!.Rooms.Should().ContainSingle().Which.IsMember.Should().BeFalse();
        (await Ask<Message>(bob, HttpMethod.Post, Messages, new PostByHttp { Text = "hi" })).Error!.Code.Should().Be(ErrorCode.NotAMember);

        (await Ask<RoomEntry>(bob, HttpMethod.Post, ChatPaths.RoomJoin.Replace("{roomId}", FirstRooms.General.ToString()))).Result!.Mine.Room.Name.Should().Be("general");
        var sent = await Ask<Message>(bob, HttpMethod.Post, Messages, new PostByHttp { Text = "hi" }, "one");
        (await Ask<Message>(bob, HttpMethod.Post, Messages, new PostByHttp { Text = "hi" }, "one")).Result.Should().BeEquivalentTo(sent.Result);
        (await ann.Hears<Message>(message => message.Text == "hi")).Should().BeEquivalentTo(sent.Result);
        (await Ask<History>(bob, HttpMethod.Get, $"{Messages}?limit=1")).Result!.Messages.Should().ContainSingle().Which.Should().BeEquivalentTo(sent.Result);
        (await Ask<History>(bob, HttpMethod.Get, $"{Messages}?limit=1&beforeSeq={sent.Result!.Seq}")).Result!.Messages.Should().ContainSingle().Which.Seq.Should().BeLessThan(sent.Result.Seq);
        (await Ask<History>(bob, HttpMethod.Get, $"{Messages}?limit=0")).Error!.Code.Should().Be(ErrorCode.Invalid);
        (await Ask<MemberPage>(bob, HttpMethod.Get, ChatPaths.RoomMembers.Replace("{roomId}", FirstRooms.General.ToString()))).Result!
            .Members.Select(member => member.Name).Should().Equal("Ann", "Bob");
        (await Ask<SearchPage>(bob, HttpMethod.Get, $"{ChatPaths.Search}?text=hi")).Result!.Hits.Should().ContainSingle().Which.Message.Should().BeEquivalentTo(sent.Result);
        (await Ask<SearchPage>(bob, HttpMethod.Get, $"{ChatPaths.Search}?text=hi&roomId={FirstRooms.Random}")).Result!.Hits.Should().BeEmpty();
        (await Ask<SearchPage>(bob, HttpMethod.Get, ChatPaths.Search)).Error!.Code.Should().Be(ErrorCode.Invalid);
        using var nobody = new HttpClient { BaseAddress = server.Address };
        (await nobody.GetAsync(Messages)).StatusCode.Should().Be(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Every_route_is_described_with_the_names_of_the_wire()
    {
        await using var server = await ChatServer.Start();
        using var http = new HttpClient { BaseAddress = server.Address };
        var document = JsonNode.Parse(await http.GetStringAsync(ChatPaths.OpenApi))!;
        var described = from path in document["paths"]!.AsObject()
                        from method in path.Value!.AsObject()
                        select $"{method.Key.ToUpperInvariant()} {path.Key}";
        described.Order().Should().Equal(Routes(server).Where(route => !Unsaid.Contains(route)).Order());
        document["components"]!["schemas"]!["Message"]!["properties"]!.AsObject().Select(property => property.Key).Should().Contain(["authorId", "replyToSeq"]);
        document["components"]!["schemas"]!["MessageKind"]!["enum"]!.AsArray().Select(value => value!.GetValue<string>()).Should().Contain("system");
    }

    [Fact]
    public async Task Chat_and_the_application_it_is_part_of_describe_each_its_own()
    {
        await using var server = await ChatServer.Start(
            new TemporaryFolder(), true,
            builder => builder.Services.AddOpenApi(),
            app =>
            {
                app.MapGet("/mine", () => "mine");
                app.MapOpenApi();
                app.MapChat("/team");
            });
        using var http = new HttpClient { BaseAddress = server.Address };
        var own = JsonNode.Parse(await http.GetStringAsync("/openapi/v1.json"))!;
        own["paths"]!.AsObject().Select(path => path.Key).Should().Equal("/mine");
        var chats = JsonNode.Parse(await http.GetStringAsync("/team" + ChatPaths.OpenApi))!;
        chats["paths"]!.AsObject().Select(path => path.Key).Should().Contain("/team" + ChatPaths.Rooms).And.OnlyContain(path => path.StartsWith("/team/", StringComparison.Ordinal));
    }

    // The page, what Prometheus reads, and the description itself; the hub speaks SignalR.
    private static readonly string[] Unsaid = ["GET /", "GET /chat-client.js", "HEAD /chat-client.js", "GET /{**file:nonfile}", "HEAD /{**file:nonfile}", "GET /{**file:file}", "HEAD /{**file:file}", "GET /openapi/v1.json"];

    private static IEnumerable<string> Routes(ChatServer server) =>
        from endpoint in server.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? []
        where !endpoint.RoutePattern.RawText!.StartsWith("/hubs", StringComparison.Ordinal)
        select $"{method} {endpoint.RoutePattern.RawText!.Replace(":guid", "", StringComparison.Ordinal)}";
}
