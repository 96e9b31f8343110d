using Chat.Contracts;
using Chat.Hub.Delivery;
using Chat.Hub.Rooms;
using Chat.Tests.Client;
using Chat.Tests.Running;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Tests.Delivery;

/// <summary>What goes out together, to real connections of both protocols.</summary>
public sealed class FanoutTests
{
    private static readonly string General = ChatGroups.Room(FirstRooms.General);

    [Theory]
    [InlineData(100, 20)]
    [InlineData(40, 16 * 1024)]
    public async Task Many_messages_at_once_are_heard_each_once_in_order_by_all_protocols_and_are_nobodys_stall(int count, int length)
    {
        await using var server = await ChatServer.Start();
        await using var ann = await server.Enter("Ann");
        await using var bob = await server.Enter("Bob", Wire.MessagePack);
        await using var cid = await server.Enter("Cid");
        var text = new string('x', length);
        var messages = Enumerable.Range(1, count).Select(seq => Some.Message(FirstRooms.General, 1_000 + seq) with { Text = text }).ToList();

        await Fanout(server).Tell(General, [.. messages.Select(Invocation)]);
        foreach (var guest in (Guest[])[ann, bob, cid])
        {
            await guest.Hears<Message>(message => message.Seq == messages[^1].Seq);
            guest.Heard<Message>().Where(message => message.Text == text).Select(message => message.Seq).Should().Equal(messages.Select(message => message.Seq));
        }
    }

    [Fact]
    public async Task Who_left_a_group_or_the_node_hears_no_more_and_the_others_do()
    {
        await using var server = await ChatServer.Start();
        await using var ann = await server.Enter("Ann");
        await using var bob = await server.Enter("Bob", Wire.MessagePack);
        var fanout = Fanout(server);
        await fanout.RemoveFromGroupAsync(ann.Connection.ConnectionId!, General);
        await fanout.AddToGroupAsync(ann.Connection.ConnectionId!, "mark");
        await fanout.Tell(General, [Invocation(Some.Message(FirstRooms.General, 1_001))]);
        await fanout.Tell("mark", [Invocation(Some.Message(FirstRooms.General, 1_002))]);
        await ann.Hears<Message>(message => message.Seq == 1_002);
        await bob.Hears<Message>(message => message.Seq == 1_001);
        ann.Heard<Message>().Should().NotContain(message => message.Seq == 1_001);

        var id = ann.Connection.ConnectionId!;
        await ann.Connection.StopAsync();
        await Waiting.Until(() => Task.FromResult(!server.App.Services.GetRequiredService<Connections>().Ids.Contains(id)));
        await fanout.AddToGroupAsync(id, General);
        await fanout.Tell("mark", [Invocation(Some.Message(FirstRooms.General, 1_003))]);
        await fanout.Tell(General, [Invocation(Some.Message(FirstRooms.General, 1_004))]);
        await bob.Hears<Message>(message => message.Seq == 1_004);
    }

    [Fact]
    public async Task A_user_hears_on_all_devices_and_in_no_other_name()
    {
        await using var server = await ChatServer.Start();
        await using var ann = await server.Enter("Ann");
        await using var phone = new Guest(server.Address, ann.SignedIn, Wire.MessagePack);
        await phone.Start();
        await using var bob = await server.Enter("Bob");
        await Fanout(server).SendUserAsync($"{ann.User.Id}", nameof(IChatClient.MessageChanged), [Some.Message(FirstRooms.General, 1_001)]);
        await ann.Hears<Message>(message => message.Seq == 1_001);
        await phone.Hears<Message>(message => message.Seq == 1_001);
        await Fanout(server).Tell(General, [Invocation(Some.Message(FirstRooms.General, 1_002))]);
        await bob.Hears<Message>(message => message.Seq == 1_002);
        bob.Heard<Message>().Should().NotContain(message => message.Seq == 1_001);
    }

    private static Fanout Fanout(ChatServer server) => server.App.Services.GetRequiredService<Fanout>();

    private static InvocationMessage Invocation(Message message) => new(nameof(IChatClient.MessageChanged), [message]);
}
