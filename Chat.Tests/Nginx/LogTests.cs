using System.Text.Json;
using Chat.Contracts;
using Chat.Hub.Rooms;
using Chat.Tests.Running;
using Microsoft.AspNetCore.Http.Connections;

namespace Chat.Tests.Nginx;

/// <summary>What nginx writes down.</summary>
public sealed class LogTests
{
    [Fact]
    public async Task Tokens_are_in_no_log_also_when_nodes_fail()
    {
        await using var cluster = await Cluster.Start();
        var ann = await cluster.SignIn();
        foreach (var transport in (HttpTransportType[])[HttpTransportType.WebSockets, HttpTransportType.ServerSentEvents, HttpTransportType.LongPolling])
        {
            await using var guest = await cluster.Enter(ann, configure: http => http.Transports = transport);
            await guest.Send(FirstRooms.General, "hello");
        }
        using var http = cluster.Http();
        async Task AskWithToken()
        {
            foreach (var path in (string[])[ChatPaths.Hub, ChatPaths.Hub + "/negotiate", "/HUBS/chat"])
                using (await http.GetAsync($"{path}?access_token={ann.AccessToken}&id=1")) { }
        }
        await AskWithToken();
        foreach (var node in cluster.Nodes) await Cluster.Kill(node);
        await AskWithToken();
        using (await http.GetAsync(ChatPaths.Info)) { }
        using (await http.GetAsync(new Uri(cluster.Nginx.PlainAddress, $"{ChatPaths.Hub}?access_token={ann.AccessToken}"))) { }

        var signature = ann.AccessToken.Split('.')[2];
        (await File.ReadAllTextAsync(cluster.Nginx.AccessLog)).Should().Contain(ChatPaths.Hub).And.NotContain("access_token").And.NotContain(signature);
        await Waiting.Until(async () => (await File.ReadAllTextAsync(cluster.Nginx.ErrorLog)).Contains($"GET {ChatPaths.Info}"));
        (await File.ReadAllTextAsync(cluster.Nginx.ErrorLog)).Should().NotContain("access_token").And.NotContain(signature);
    }

    [Fact]
    public async Task A_line_says_who_asked_what_of_which_node_and_how_long_it_took()
    {
        await using var cluster = await Cluster.Start();
        using var http = cluster.Http();
        using var answer = await http.GetAsync(ChatPaths.Info + "?x=1");
        var line = JsonDocument.Parse((await File.ReadAllLinesAsync(cluster.Nginx.AccessLog)).Single()).RootElement;
        line.GetProperty("id").GetString().Should().Be(answer.Headers.GetValues("X-Request-Id").Single());
        line.GetProperty("path").GetString().Should().Be(ChatPaths.Info);
        line.GetProperty("status").GetInt32().Should().Be(200);
        line.GetProperty("address").GetString().Should().Be("127.0.0.1");
        cluster.Addresses.Select(address => address.Authority).Should().Contain(line.GetProperty("node").GetString());
        line.GetProperty("seconds").GetDouble().Should().BeInRange(0, 10);
    }
}
