using Chat.Bench.Servers;
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

    [Fact]
    public async Task The_page_works_behind_nginx_over_TLS()
    {
        using var folder = new TemporaryFolder();
        await using var server = await ChatServer.Start();
        await using var nginx = new NginxServer(folder.Path);
        await nginx.StartAsync([server.Address]);
        await Walk(nginx.Address, ("NODE_EXTRA_CA_CERTS", nginx.CertificateFile));
        (await File.ReadAllTextAsync(nginx.AccessLog)).Should().Contain("\"status\":101");
    }

    private static async Task Walk(Uri address, params (string Name, string Value)[] environment)
    {
        using var pictures = new TemporaryFolder();
        var output = await Programs.Run("node", Repository.File("Chat.Web"), ["e2e/chat.mjs", address.AbsoluteUri, pictures.Path], environment);
        output.Split('\n').Count(line => line.StartsWith("ok ", StringComparison.Ordinal)).Should().BeGreaterThan(10);
        Directory.GetFiles(pictures.Path, "*.png").Should().HaveCountGreaterThanOrEqualTo(4);
    }
}
