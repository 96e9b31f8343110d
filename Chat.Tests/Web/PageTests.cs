using System.Diagnostics;
using Chat.Tests.Running;

namespace Chat.Tests.Web;

/// <summary>The page in a real browser, headless: see Chat.Web/e2e/chat.mjs for what is done on it.</summary>
[Collection(nameof(Checking.HistoryTests))]
public sealed class PageTests
{
    [Fact]
    public async Task Two_people_chat_on_the_page()
    {
        await using var server = await ChatServer.Start();
        await Walk(server.Address);
    }

    [Fact]
    public async Task The_page_works_below_a_prefix()
    {
        await using var server = await ChatServer.Start(new TemporaryFolder(), true, _ => { }, app => Chat.Hub.ChatEndpoints.MapChat(app, "/team/chat"));
        await Walk(new Uri(server.Address, "/team/chat"));
    }

    private static async Task Walk(Uri address)
    {
        using var pictures = new TemporaryFolder();
        var start = new ProcessStartInfo("node", [Repository.File("Chat.Web", "e2e", "chat.mjs"), address.AbsoluteUri, pictures.Path])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var node = Process.Start(start)!;
        var output = node.StandardOutput.ReadToEndAsync();
        var errors = node.StandardError.ReadToEndAsync();
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        try
        {
            await node.WaitForExitAsync(limit.Token);
        }
        finally
        {
            if (!node.HasExited) node.Kill(entireProcessTree: true);
        }
        node.ExitCode.Should().Be(0, $"{await output}\n{await errors}");
        (await output).Split('\n').Count(line => line.StartsWith("ok ", StringComparison.Ordinal)).Should().BeGreaterThan(10);
        Directory.GetFiles(pictures.Path, "*.png").Should().HaveCountGreaterThanOrEqualTo(4);
    }
}
