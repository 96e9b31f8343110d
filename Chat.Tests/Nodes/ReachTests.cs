using Chat.Contracts;
using Chat.Hub.Nodes;
using Chat.Tests.Running;

namespace Chat.Tests.Nodes;

public sealed class ReachTests
{
    [Fact]
    public async Task An_order_that_comes_by_two_ways_is_carried_out_once()
    {
        await using var server = await ChatServer.Start();
        await using var ann = await server.Enter("Ann");
        var reach = Cluster.Reach(server);
        var order = new Order { UserId = ann.User.Id, Notice = new Notice { Kind = NoticeKind.Announcement, Text = "once" } };
        reach.Hear(order);
        reach.Hear(order);
        await reach.Give(new Order { UserId = ann.User.Id, Notice = new Notice { Kind = NoticeKind.Announcement, Text = "last" } });
        await ann.Hears<Notice>(notice => notice.Text == "last");
        ann.Heard<Notice>().Count(notice => notice.Text == "once").Should().Be(1);
    }
}
