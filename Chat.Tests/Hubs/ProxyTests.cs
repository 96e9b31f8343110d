using System.Net;
using Chat.Contracts;
using Chat.Hub;
using Chat.Tests.Running;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Chat.Tests.Hubs;

/// <summary>Whose word on the client's address is taken. All requests here come from 127.0.0.1.</summary>
public sealed class ProxyTests
{
    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("10.0.0.0/8, 127.0.0.0/8")]
    public async Task Behind_a_known_proxy_each_client_is_counted_by_its_own_address(string proxies)
    {
        await using var server = await ChatServer.Start(("Chat:Proxies", proxies), ("Chat:Delivery:ConnectionsPerAddress", "1"));
        await using var ann = await Enter(server, "Ann", "203.0.113.1");
        await using var bob = await Enter(server, "Bob", "203.0.113.2");
        (await Refused(server, "Eve", "203.0.113.1")).Should().Be(HttpStatusCode.TooManyRequests);
    }

    [Theory]
    [InlineData("")]
    [InlineData("10.0.0.0/8,192.0.2.1")]
    public async Task Nobody_else_can_claim_another_address(string proxies)
    {
        await using var server = await ChatServer.Start(("Chat:Proxies", proxies), ("Chat:Delivery:ConnectionsPerAddress", "1"));
        await using var ann = await Enter(server, "Ann", "203.0.113.1");
        (await Refused(server, "Eve", "203.0.113.2")).Should().Be(HttpStatusCode.TooManyRequests);
    }

    [Fact]
    public async Task What_a_client_claims_before_the_first_proxy_does_not_count()
    {
        await using var server = await ChatServer.Start(("Chat:Proxies", "127.0.0.1,10.0.0.7"), ("Chat:Delivery:ConnectionsPerAddress", "1"));
        await using var ann = await Enter(server, "Ann", "198.51.100.1, 203.0.113.1, 10.0.0.7");
        (await Refused(server, "Eve", "198.51.100.2, 203.0.113.1, 10.0.0.7")).Should().Be(HttpStatusCode.TooManyRequests);
    }

    [Fact]
    public async Task The_application_that_Chat_is_part_of_sees_the_peer_as_ever()
    {
        await using var server = await ChatServer.Start(
            new TemporaryFolder(), true, _ => { },
            app =>
            {
                app.MapGet("/mine", (HttpContext http) => $"{http.Connection.RemoteIpAddress}");
                app.MapChat("/team").MapGet("/chats", (HttpContext http) => $"{http.Connection.RemoteIpAddress}");
            },
            ("Chat:Proxies", "127.0.0.1"));
        using var http = new HttpClient { BaseAddress = server.Address };
        http.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.1");
        (await http.GetStringAsync("/team/chats")).Should().Be("203.0.113.1");
        (await http.GetStringAsync("/mine")).Should().Be("127.0.0.1");
    }

    private static async Task<Guest> Enter(ChatServer server, string name, string forwardedFor)
    {
        var guest = new Guest(server.Address, await server.SignIn(name), Wire.Json, http => http.Headers["X-Forwarded-For"] = forwardedFor);
        await guest.Start();
        return guest;
    }

    private static async Task<HttpStatusCode> Refused(ChatServer server, string name, string forwardedFor)
    {
        using var http = new HttpClient { BaseAddress = server.Address };
        http.DefaultRequestHeaders.Authorization = new("Bearer", (await server.SignIn(name)).AccessToken);
        http.DefaultRequestHeaders.Add("X-Forwarded-For", forwardedFor);
        using var answer = await http.PostAsync(ChatPaths.Hub + "/negotiate?negotiateVersion=1", null);
        return answer.StatusCode;
    }
}
