using Chat.Tests.Running;
using Microsoft.Extensions.Options;

namespace Chat.Tests.Nodes;

public sealed class ClusterSettingsTests
{
    [Fact]
    public async Task Redis_without_a_store_that_nodes_can_share_stops_the_start()
    {
        var start = () => ChatServer.Start(("Chat:Redis:Connection", "127.0.0.1:1"));
        (await start.Should().ThrowAsync<OptionsValidationException>()).WithMessage("*Chat:Store:PostgreSql*");
    }

    [Fact]
    public async Task A_prefix_that_would_run_into_another_stops_the_start()
    {
        var start = () => ChatServer.Start(("Chat:Redis:ChannelPrefix", "a:b*"));
        (await start.Should().ThrowAsync<OptionsValidationException>()).WithMessage("*Chat:Redis:ChannelPrefix*");
    }
}
