using Chat.Contracts;
using Chat.Tests.Running;
using static Chat.Tests.Hubs.StreamTests;

namespace Chat.Tests.Nodes;

/// <summary>Streamed messages over several nodes.</summary>
public sealed class ClusterStreamTests
{
    [Fact]
    public async Task Pieces_cross_nodes_and_a_writer_goes_on_at_another_node_where_the_server_stands()
    {
        await using var cluster = await Cluster.Start(2, ("Chat:Streams:StoreEveryMs", "100"));
        await using var bob = await cluster[1].Enter("Bob");
        await using var here = await cluster[0].Enter("Ann");
        var open = await Begin(here);
        await bob.Hears<Message>(message => message.Id == open.Id);
        // One piece may get lost between nodes: only the text is sure to come.
        var begun = "";
        await Waiting.Until(async () =>
        {
            await Append(here, open, begun.Length, "begun ");
            begun += "begun ";
            return bob.Heard<StreamChunk>().Any();
        });
        await bob.Hears<Message>(message => message.Id == open.Id && message.Text == begun);
        await here.DisposeAsync();

        await using var there = new Guest(cluster[1].Address, here.SignedIn, Wire.MessagePack);
        await there.Start();
        var stands = (await Append(there, open, 0, "")).Result!.Length;
        stands.Should().Be(begun.Length);
        var all = begun + "ended there";
        (await Append(there, open, stands, "ended there")).Result!.Length.Should().Be(all.Length);
        (await End(there, open, all.Length)).Result!.Text.Should().Be(all);
        (await bob.Hears<Message>(message => message.Stream == StreamState.Complete)).Text.Should().Be(all);
    }

    [Fact]
    public async Task The_open_messages_of_a_node_that_died_are_cut_off_by_another()
    {
        await using var cluster = await Cluster.Start(1, ("Chat:Streams:StoreEveryMs", "50"), ("Chat:Streams:SilenceSeconds", "2"));
        // Keeps nothing: as if it had died, it never touches nor cuts off what its writers began.
        var dead = await cluster.Add(("Chat:Streams:StoreEveryMs", "20000"), ("Chat:Streams:SilenceSeconds", "600"));
        await cluster.Together();
        await using var bob = await cluster[0].Enter("Bob");
        await using var ann = await dead.Enter("Ann");
        var open = await Begin(ann);
        await Append(ann, open, 0, "lost with the node");
        (await bob.Hears<Message>(message => message.Id == open.Id && message.Stream == StreamState.CutOff)).Text.Should().BeEmpty();
        (await End(ann, open, 18)).Error!.Code.Should().Be(ErrorCode.NotFound);
    }
}
