using Chat.Tests.Running;

namespace Chat.Tests.Web;

/// <summary>What was typed survives the death of the browser and of its tabs: see Chat.Web/e2e/crash.mjs.</summary>
[Collection(nameof(Checking.HistoryTests))]
public sealed class CrashTests
{
    [Fact]
    public async Task What_was_typed_before_the_browser_was_killed_arrives_exactly_once_and_tabs_share_no_trouble()
    {
        await using var server = await ChatServer.Start();
        var output = await Programs.Run("node", Repository.File("Chat.Web"), ["e2e/crash.mjs", server.Address.AbsoluteUri]);
        output.Split('\n').Count(line => line.StartsWith("ok ", StringComparison.Ordinal)).Should().Be(8);
    }
}
