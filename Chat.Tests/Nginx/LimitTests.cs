using System.Net;
using System.Net.Http.Json;
using Chat.Contracts;
using Chat.Contracts.Wire;
using Chat.Hub.Rooms;
using Chat.Tests.Attachments;
using Chat.Tests.Running;

namespace Chat.Tests.Nginx;

/// <summary>What nginx refuses itself, said as the nodes say it.</summary>
public sealed class LimitTests
{
    [Fact]
    public async Task Too_many_connections_from_one_address_are_turned_away()
    {
        await using var cluster = await Cluster.Start(("CHAT_CONNECTIONS_PER_ADDRESS", 5));
        var ann = await cluster.SignIn();
        await using var guests = new Disposables(await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => cluster.Enter(ann))));
        using var http = cluster.Http();
        await ShouldRefuse(await http.GetAsync(ChatPaths.Info), HttpStatusCode.TooManyRequests, ErrorCode.RateLimited);
    }

    [Fact]
    public async Task Too_many_requests_from_one_address_are_turned_away()
    {
        await using var cluster = await Cluster.Start(("CHAT_REQUESTS_PER_SECOND", 1));
        using var http = cluster.Http();
        var answers = await Task.WhenAll(Enumerable.Range(0, 530).Select(_ => http.GetAsync(ChatPaths.Info)));
        answers.Count(answer => answer.IsSuccessStatusCode).Should().BeInRange(500, 525);
        await ShouldRefuse(answers.First(answer => !answer.IsSuccessStatusCode), HttpStatusCode.TooManyRequests, ErrorCode.RateLimited);
    }

    [Fact]
    public async Task Signing_in_is_limited_harder_than_the_rest()
    {
        await using var cluster = await Cluster.Start(("CHAT_SIGN_INS_PER_MINUTE", 1));
        using var http = cluster.Http();
        var answers = await Task.WhenAll(Enumerable.Range(0, 70).Select(i => http.PostAsJsonAsync(ChatPaths.GuestSignIn, new GuestSignIn { Name = $"Guest {i}" }, ChatJson.Options)));
        answers.Count(answer => answer.IsSuccessStatusCode).Should().BeInRange(60, 62);
        await ShouldRefuse(answers.First(answer => !answer.IsSuccessStatusCode), HttpStatusCode.TooManyRequests, ErrorCode.RateLimited);
        (await http.GetAsync(ChatPaths.Info)).StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_body_that_is_too_large_is_refused_unread_but_an_attachment_may_be_large()
    {
        await using var cluster = await Cluster.Start();
        using var http = cluster.Http();
        using var body = new ByteArrayContent(new byte[100_000]);
        await ShouldRefuse(await http.PostAsync(ChatPaths.GuestSignIn, body), HttpStatusCode.RequestEntityTooLarge, ErrorCode.TooLarge);

        var ann = await cluster.SignIn();
        foreach (var node in cluster.Nodes)
        {
            await using var guest = new Guest(node.Address, ann, Wire.Json);
            await guest.Start();
        }
        using var sharing = new Sharing(cluster.Nginx.Address, ann, cluster.Nginx.Handler());
        const int most = 16 * 1024 * 1024;
        (await sharing.Upload(FirstRooms.General, new byte[most])).Size.Should().Be(most);
        (await sharing.Upload(FirstRooms.General, new StreamContent(new Endless(most)))).Size.Should().Be(most);
        (await sharing.Try(FirstRooms.General, new byte[most + 1])).Error!.Code.Should().Be(ErrorCode.TooLarge, "the node refuses");
        (await sharing.Try(FirstRooms.General, new byte[18 * 1024 * 1024])).Error!.Code.Should().Be(ErrorCode.TooLarge, "nginx refuses");
    }

    [Fact]
    public async Task Without_any_node_the_answer_says_when_to_come_again()
    {
        await using var cluster = await Cluster.Start();
        foreach (var node in cluster.Nodes) await Cluster.Kill(node);
        using var http = cluster.Http();
        foreach (var path in (string[])["/", ChatPaths.Info, ChatPaths.Hub + "/negotiate"])
            await ShouldRefuse(await http.GetAsync(path), HttpStatusCode.ServiceUnavailable, ErrorCode.Unavailable);
    }

    private static async Task ShouldRefuse(HttpResponseMessage answer, HttpStatusCode status, ErrorCode code)
    {
        answer.StatusCode.Should().Be(status);
        var reply = await answer.Content.ReadFromJsonAsync<Reply>(ChatJson.Options);
        reply!.Error!.Code.Should().Be(code);
        answer.Headers.NonValidated["Strict-Transport-Security"].Should().ContainSingle();
        if (code is ErrorCode.TooLarge) return;
        reply.Error.RetryAfterMs.Should().BePositive();
        answer.Headers.RetryAfter!.Delta.Should().BePositive();
    }
}
