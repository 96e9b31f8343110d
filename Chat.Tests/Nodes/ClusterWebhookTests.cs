using Chat.Contracts;
using Chat.Tests.Integrations;
using Chat.Tests.Running;

namespace Chat.Tests.Nodes;

public sealed class ClusterWebhookTests
{
    [Fact]
    public async Task What_two_nodes_write_is_told_once_and_in_order_and_a_stopped_node_is_followed_by_the_other()
    {
        await using var listener = await Listener.Start();
        await using var cluster = await Cluster.Start(2, ("Chat:Webhooks:AllowPrivateAddresses", "true"));
        await using var ann = await cluster[0].Enter("Ann");
        await using var bob = await cluster[1].Enter("Bob");
        var room = await OutgoingWebhookTests.Room(ann);
        await bob.Call<Reply<RoomEntry>>("JoinRoom", new JoinRoom { RoomId = room });
        await OutgoingWebhookTests.Make(ann, room, listener.Address, WebhookEvent.MessagePosted);

        await Task.WhenAll(Enumerable.Range(0, 40).Select(n => (n % 2 is 0 ? ann : bob).Send(room, $"message {n}")));
        await listener.Hears(40);
        var versions = listener.All.Select(told => told.Json["version"]!.GetValue<long>()).ToList();
        versions.Should().BeInAscendingOrder().And.OnlyHaveUniqueItems().And.HaveCount(40);

        listener.Answer = _ => 500;
        await ann.Send(room, "while it is down");
        await listener.Hears(41);
        listener.Answer = _ => 200;
        await cluster[0].App.StopAsync();
        await bob.Send(room, "after");
        await listener.Hears(43);
        listener.All.Select(told => told.Text).Skip(40).Distinct().Should().Equal("while it is down", "after");
    }
}
