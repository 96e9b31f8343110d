using System.Text.Json.Nodes;
using Chat.Client;
using Chat.Hub.Rooms;
using Chat.Tests.Running;

namespace Chat.Tests.Web;

/// <summary>The TypeScript client in Node, in one room with a .NET program and a bare connection.</summary>
public sealed class NodeClientTests
{
    [Theory]
    [InlineData("json")]
    [InlineData("messagepack")]
    public async Task A_Node_program_and_a_NET_program_chat_in_one_room(string protocol)
    {
        await using var server = await ChatServer.Start();
        var nodes = await server.SignIn("Node");
        await using var node = Node.Run("client/test/join.mjs", server.Address.AbsoluteUri, nodes.AccessToken, protocol, FirstRooms.General.ToString());
        var signedIn = await server.SignIn("Net");
        await using var net = new ChatClient(new ChatClientOptions { Server = server.Address, AccessToken = _ => Task.FromResult<string?>(signedIn.AccessToken) });
        await net.StartAsync();
        await node.Line(line => line["joined"] is not null);

        var sent = await net.SendMessageAsync(FirstRooms.General, "from .NET: 你好 👋🏽");
        var got = await node.Line(line => line["message"]?["text"]?.GetValue<string>() == sent.Text);
        got["message"]!["seq"]!.GetValue<long>().Should().Be(sent.Seq);

        var heard = new TaskCompletionSource<Chat.Contracts.Message>();
        net.FindRoom(FirstRooms.General)!.MessageChanged += (_, message) =>
        {
            if (message.AuthorName == "Node" && message.Text == "from Node: 🎉") heard.TrySetResult(message);
        };
        await node.Say(new JsonObject { ["send"] = "from Node: 🎉" });
        (await heard.Task.WaitAsync(TimeSpan.FromSeconds(10))).ClientMessageId.Should().NotBeNull();
    }

    [Theory]
    [InlineData("json")]
    [InlineData("messagepack")]
    public async Task Two_Node_programs_do_all_that_a_room_offers_over_cut_connections_and_see_the_same(string protocol)
    {
        await using var server = await ChatServer.Start();
        var (ann, bob) = (await server.SignIn("Ann"), await server.SignIn("Bob"));
        await using var pair = Node.Run("client/test/pair.mjs", server.Address.AbsoluteUri, ann.AccessToken, bob.AccessToken, protocol);

        foreach (var part in new[] { "invitation", "edits and reactions", "threads and pins", "a direct room", "the same picture", "a kick and a ban" })
        {
            var line = await pair.Line(line => line["done"] is not null || line["failed"] is not null);
            line["failed"]?.GetValue<string>().Should().BeNull();
            line["done"]!.GetValue<string>().Should().Be(part);
        }
    }
}
