using System.Net;
using System.Net.Http.Json;
using Chat.Contracts;
using Chat.Contracts.Wire;
using Chat.Tests.Running;

namespace Chat.Tests.Integrations;

public sealed class IncomingWebhookTests
{
    [Fact]
    public async Task A_program_posts_under_the_webhooks_name_and_a_repeat_posts_nothing_more()
    {
        await using var server = await ChatServer.Start();
        await using var ann = await server.Enter("Ann");
        var webhook = await Make(ann);
        using var http = new HttpClient { BaseAddress = server.Address };
        var first = await Post(http, webhook.Path, "build 7 is green", "build-7");
        first.Reply.Result.Should().Match<Message>(message => message.AuthorName == "CI" && message.AuthorId == webhook.Id && message.Text == "build 7 is green");
        (await ann.Hears<Message>(message => message.AuthorName == "CI")).Should().BeEquivalentTo(first.Reply.Result);

        (await Post(http, webhook.Path, "build 7 is green", "build-7")).Reply.Result.Should().BeEquivalentTo(first.Reply.Result);
        (await Post(http, webhook.Path, "build 7 is red", "build-7")).Should().Match<Answer>(answer => answer.Status == HttpStatusCode.Conflict && answer.Reply.Error!.Code == ErrorCode.Conflict);
        (await Post(http, webhook.Path, "build 7 is green", null)).Reply.Result!.Id.Should().NotBe(first.Reply.Result!.Id, "without a key each is one of its own");
        (await Post(http, webhook.Path, "", "k")).Status.Should().Be(HttpStatusCode.BadRequest);
        (await Post(http, webhook.Path, new string('x', 16_385), "k")).Status.Should().Be(HttpStatusCode.RequestEntityTooLarge);
        (await Post(http, webhook.Path, new string('"', 16_384), "k2")).Status.Should().Be(HttpStatusCode.OK, "quotes take twice their size in JSON");
        (await Post(http, webhook.Path, "x", new string('k', 201))).Status.Should().Be(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_wrong_secret_and_an_unknown_webhook_are_answered_alike()
    {
        await using var server = await ChatServer.Start();
        await using var ann = await server.Enter("Ann");
        var webhook = await Make(ann);
        using var http = new HttpClient { BaseAddress = server.Address };
        var wrong = await Post(http, webhook.Path[..^2] + "AA", "let me in", null);
        var unknown = await Post(http, webhook.Path.Replace(webhook.Id.ToString(), Guid.NewGuid().ToString()), "let me in", null);
        wrong.Status.Should().Be(HttpStatusCode.NotFound);
        wrong.Should().BeEquivalentTo(unknown);
        (await OutgoingWebhookTests.List(ann, webhook.RoomId)).Incoming.Single().Should().BeEquivalentTo(webhook with { Path = "" }, "the secret is told once");

        (await ann.Call<Reply>("DeleteWebhook", new WebhookReference { RoomId = webhook.RoomId, WebhookId = webhook.Id })).Error.Should().BeNull();
        (await Post(http, webhook.Path, "still there?", null)).Status.Should().Be(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_webhook_cannot_have_the_id_of_a_user_and_so_cannot_write_as_one()
    {
        await using var server = await ChatServer.Start();
        await using var ann = await server.Enter("Ann");
        await using var bob = await server.Enter("Bob");
        var request = new CreateIncomingWebhook { RoomId = await OutgoingWebhookTests.Room(ann), WebhookId = bob.User.Id, Name = "Bob" };
        (await ann.Hub.CreateIncomingWebhook(request)).Error!.Code.Should().Be(ErrorCode.Conflict);
        var outgoing = new CreateOutgoingWebhook { RoomId = request.RoomId, WebhookId = Guid.NewGuid(), Url = "http://hooks.example/\u0001" };
        (await ann.Hub.CreateOutgoingWebhook(outgoing)).Error!.Code.Should().Be(ErrorCode.Invalid);
        (await ann.Hub.CreateOutgoingWebhook(outgoing with { Url = "http://hooks.example", Events = [WebhookEvent.Unknown] })).Error!.Code.Should().Be(ErrorCode.Invalid);
    }

    [Fact]
    public async Task A_flood_is_refused_with_a_retry_time()
    {
        await using var server = await ChatServer.Start(("Chat:Webhooks:PostsPerSecond", "1"), ("Chat:Webhooks:PostsBurst", "3"));
        await using var ann = await server.Enter("Ann");
        var webhook = await Make(ann);
        using var http = new HttpClient { BaseAddress = server.Address };
        var answers = new List<Answer>();
        for (var n = 0; n < 6; n++) answers.Add(await Post(http, webhook.Path, $"{n}", null));
        answers.Take(3).Should().OnlyContain(answer => answer.Status == HttpStatusCode.OK);
        answers.Should().Contain(answer => answer.Status == HttpStatusCode.TooManyRequests && answer.Reply.Error!.RetryAfterMs > 0);
    }

    private static async Task<IncomingWebhook> Make(Guest owner)
    {
        var request = new CreateIncomingWebhook { RoomId = await OutgoingWebhookTests.Room(owner), WebhookId = Guid.NewGuid(), Name = "CI" };
        await owner.Call<Reply<IncomingWebhook>>("CreateIncomingWebhook", request);
        return (await owner.Call<Reply<IncomingWebhook>>("CreateIncomingWebhook", request)).Result!;
    }

    private static async Task<Answer> Post(HttpClient http, string path, string text, string? key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(new PostByWebhook { Text = text }, options: ChatJson.Options) };
        if (key is not null) request.Headers.Add("Idempotency-Key", key);
        using var response = await http.SendAsync(request);
        return new Answer(response.StatusCode, (await response.Content.ReadFromJsonAsync<Reply<Message>>(ChatJson.Options))!);
    }

    private sealed record Answer(HttpStatusCode Status, Reply<Message> Reply);
}
