using System.Globalization;
using Chat.Bench.Servers;
using Chat.Tests.Running;

namespace Chat.Tests.Web;

/// <summary>samples/page in a real browser, and the file that such pages import.</summary>
[Collection(nameof(Checking.HistoryTests))]
public sealed class SamplePageTests
{
    [Fact]
    public async Task A_plain_page_of_another_origin_chats()
    {
        var port = Ports.Free();
        using var pictures = new TemporaryFolder();
        await using var server = await ChatServer.Start(("Chat:AllowedOrigins", $"https://elsewhere.example, http://127.0.0.1:{port}"));

        await Programs.Run("node", Repository.File("Chat.Web"), ["e2e/sample.mjs", server.Address.AbsoluteUri, port.ToString(CultureInfo.InvariantCulture), pictures.Path]);

        Directory.GetFiles(pictures.Path, "*.png").Should().HaveCount(4);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/team/chat")]
    public async Task The_client_is_given_out_as_one_file_that_is_asked_for_anew_each_time(string prefix)
    {
        await using var server = await ChatServer.Start(new TemporaryFolder(), true, _ => { }, app => Chat.Hub.ChatEndpoints.MapChat(app, prefix));
        using var http = new HttpClient();
        var address = new Uri(server.Address, $"{prefix}/chat-client.js");

        using var first = await http.GetAsync(address);
        first.StatusCode.Should().Be(System.Net.HttpStatusCode.OK);
        first.Content.Headers.ContentType!.MediaType.Should().Be("text/javascript");
        first.Headers.CacheControl!.NoCache.Should().BeTrue();
        (await first.Content.ReadAsStringAsync()).Should().Contain("ChatClient").And.NotMatchRegex("(^|;|\\n)import[ {\"']");
        first.Headers.Contains("Access-Control-Allow-Origin").Should().BeFalse("no other origin is allowed unless it is said");

        using var again = new HttpRequestMessage(HttpMethod.Get, address);
        again.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using var second = await http.SendAsync(again);
        second.StatusCode.Should().Be(System.Net.HttpStatusCode.NotModified);
    }

    [Fact]
    public async Task An_origin_that_is_none_is_an_error_at_start_which_names_it()
    {
        var start = () => ChatServer.Start(("Chat:AllowedOrigins", "https://app.example.org/chat"));
        (await start.Should().ThrowAsync<Microsoft.Extensions.Options.OptionsValidationException>()).WithMessage("*Chat:AllowedOrigins*https://app.example.org/chat*");
    }
}
