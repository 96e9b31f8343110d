using System.Security.Cryptography;
using System.Text;
using Chat.Contracts;
using Chat.Hub.Integrations;
using Chat.Hub.Rooms;
using Chat.Hub.Storage;
using Chat.Tests.Running;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Chat.Tests.Integrations;

public sealed class OutgoingWebhookTests
{
    private static readonly (string, string) Private = ("Chat:Webhooks:AllowPrivateAddresses", "true");

    [Fact]
    public async Task What_happens_in_a_room_is_told_in_order_and_signed()
    {
        await using var listener = await Listener.Start();
        await using var server = await ChatServer.Start(Private);
        await using var ann = await server.Enter("Ann");
        await using var bob = await server.Enter("Bob");
        var room = await Room(ann);
        var webhook = await Make(ann, room, listener.Address);
        await bob.Call<Reply<RoomEntry>>("JoinRoom", new JoinRoom { RoomId = room });
        var sent = await Task.WhenAll(Enumerable.Range(0, 20).Select(n => ann.Send(room, $"message {n} 你好")));

        await listener.Hears(22);
        listener.All.Select(told => told.Json["version"]!.GetValue<long>()).Should().Equal(Enumerable.Range(4, 22).Select(version => (long)version));
        listener.All[0].Event.Should().Be("member_changed");
        listener.All[0].Json["member"]!["name"]!.GetValue<string>().Should().Be("Bob");
        listener.All.Skip(2).Select(told => told.Text).Should().Equal(sent.OrderBy(message => message.Version).Select(message => message.Text));
        foreach (var told in listener.All)
        {
            var (seconds, signature) = (told.Headers["Chat-Signature"].Split(',')[0][2..], told.Headers["Chat-Signature"].Split(",v1=")[1]);
            Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(webhook.Secret), Encoding.UTF8.GetBytes($"{seconds}.{told.Body}"))).Should().Be(signature);
            DateTimeOffset.FromUnixTimeSeconds(long.Parse(seconds, null)).Should().BeCloseTo(DateTimeOffset.UtcNow, TimeSpan.FromMinutes(1));
            told.Headers["Chat-Event-Id"].Should().Be(told.Json["id"]!.GetValue<string>());
            told.Headers["Chat-Webhook-Id"].Should().Be(webhook.Id.ToString());
        }
        await Waiting.Until(async () => (await List(ann, room)).Outgoing.Single() is { Waiting: 0, State: WebhookState.Active, Secret: "" });
    }

    [Fact]
    public async Task It_is_told_what_it_asked_for_and_a_streamed_message_once_it_is_whole()
    {
        await using var listener = await Listener.Start();
        await using var server = await ChatServer.Start(Private, ("Chat:Streams:StoreEveryMs", "50"));
        await using var ann = await server.Enter("Ann");
        var room = await Room(ann);
        await Make(ann, room, listener.Address, WebhookEvent.MessagePosted);
        await using var bob = await server.Enter("Bob");
        var open = await Hubs.StreamTests.Begin(ann, new StreamStart { RoomId = room, ClientMessageId = Guid.NewGuid() });
        await Hubs.StreamTests.Append(ann, open, 0, "piece by piece");
        await ann.Hears<Message>(message => message.Id == open.Id && message.Text.Length > 0);
        await Hubs.StreamTests.End(ann, open, 14);
        await ann.Send(room, "and a word");
        await listener.Hears(2);
        listener.All.Select(told => (told.Event, told.Text)).Should().Equal(("message_posted", "piece by piece"), ("message_posted", "and a word"));
    }

    [Fact]
    public async Task What_did_not_get_through_is_told_again_before_what_came_after()
    {
        await using var listener = await Listener.Start();
        await using var server = await ChatServer.Start(Private);
        await using var ann = await server.Enter("Ann");
        var room = await Room(ann);
        listener.Answer = _ => listener.All.Count is 0 ? 500 : listener.All.Count is 1 ? 302 : 204;
        await Make(ann, room, listener.Address);
        await ann.Send(room, "first");
        await listener.Hears(1);
        await Waiting.Until(async () => (await List(ann, room)).Outgoing.Single() is { State: WebhookState.Retrying, FailingSince: not null, LastError: "It answered 500.", Waiting: 1 });
        await ann.Send(room, "second");
        await listener.Hears(4);
        listener.All.Select(told => told.Text).Should().Equal("first", "first", "first", "second");
        listener.All.Take(3).Select(told => told.Headers["Chat-Event-Id"]).Distinct().Should().ContainSingle("a repeat is known by its id");
        await Waiting.Until(async () => (await List(ann, room)).Outgoing.Single() is { State: WebhookState.Active, FailingSince: null, LastError: "" });
    }

    [Fact]
    public async Task After_a_day_of_failing_it_is_parked_and_goes_on_when_resumed_with_nothing_lost()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var listener = await Listener.Start();
        await using var server = await ChatServer.Start(builder => builder.Services.AddSingleton<TimeProvider>(time), Private);
        await using var ann = await server.Enter("Ann");
        var room = await Room(ann);
        listener.Answer = _ => 503;
        var webhook = await Make(ann, room, listener.Address);
        await ann.Send(room, "first");
        await ann.Send(room, "second");
        await listener.Hears(1);
        var store = server.App.Services.GetRequiredService<IWebhookStore>();
        await Waiting.Until(
            async () =>
            {
                time.Advance(TimeSpan.FromMinutes(5));
                return (await store.ListWebhooks(room, default)).Outgoing.Single() is { State: WebhookState.Parked, Waiting: 2 };
            },
            TimeSpan.FromSeconds(40));
        listener.All.Should().HaveCountGreaterThan(10).And.HaveCountLessThan(400).And.OnlyContain(told => told.Text == "first");

        listener.Answer = _ => 200;
        var before = listener.All.Count;
        // Its connection fell silent a day ago.
        var webhooks = server.App.Services.GetRequiredService<Webhooks>();
        var resumed = await webhooks.Resume(new Speaker(ann.User.Id, "Ann", UserKind.Guest), new WebhookReference { RoomId = room, WebhookId = webhook.Id }, default);
        resumed.Result!.State.Should().Be(WebhookState.Active);
        await listener.Hears(before + 2);
        listener.All.Skip(before).Select(told => told.Text).Should().Equal("first", "second");
    }

    [Fact]
    public async Task Who_answers_gone_is_asked_no_more()
    {
        await using var listener = await Listener.Start();
        await using var server = await ChatServer.Start(Private);
        await using var ann = await server.Enter("Ann");
        var room = await Room(ann);
        listener.Answer = _ => 410;
        await Make(ann, room, listener.Address);
        await ann.Send(room, "first");
        await Waiting.Until(async () => (await List(ann, room)).Outgoing.Single() is { State: WebhookState.Parked, Waiting: 1 });
        await ann.Send(room, "second");
        await Waiting.Until(async () => (await List(ann, room)).Outgoing.Single() is { State: WebhookState.Parked, Waiting: 2 });
        listener.All.Should().ContainSingle();
    }

    [Fact]
    public async Task Private_addresses_are_not_asked_whatever_their_name()
    {
        await using var listener = await Listener.Start();
        await using var server = await ChatServer.Start();
        await using var ann = await server.Enter("Ann");
        var room = await Room(ann);
        foreach (var url in (string[])["http://127.0.0.1/", "http://[::1]/", "http://[::ffff:10.0.0.1]/", "http://169.254.169.254/latest", "ftp://example.org/", "http://a:b@example.org/", "/here"])
            (await Ask(ann, room, url)).Error!.Code.Should().Be(ErrorCode.Invalid, url);

        (await Ask(ann, room, $"http://localhost:{listener.Address.Port}/")).Error.Should().BeNull("a name is looked at when it is asked");
        await ann.Send(room, "secret");
        await Waiting.Until(async () => (await List(ann, room)).Outgoing.Single() is { State: WebhookState.Retrying } webhook && webhook.LastError.Contains("private", StringComparison.Ordinal));
        listener.All.Should().BeEmpty();
    }

    [Fact]
    public async Task Members_make_no_webhooks_and_a_deleted_one_is_told_nothing()
    {
        await using var listener = await Listener.Start();
        await using var server = await ChatServer.Start(Private);
        await using var ann = await server.Enter("Ann");
        await using var bob = await server.Enter("Bob");
        var room = await Room(ann);
        await bob.Call<Reply<RoomEntry>>("JoinRoom", new JoinRoom { RoomId = room });
        (await Ask(bob, room, "https://example.org/")).Error!.Code.Should().Be(ErrorCode.Forbidden);
        (await bob.Call<Reply<WebhookList>>("ListWebhooks", new ListWebhooks { RoomId = room })).Error!.Code.Should().Be(ErrorCode.Forbidden);

        var (first, second) = (await Make(ann, room, listener.Address), await Make(ann, room, new Uri(listener.Address, "second")));
        await ann.Send(room, "both");
        await listener.Hears(2);
        (await ann.Call<Reply>("DeleteWebhook", new WebhookReference { RoomId = room, WebhookId = first.Id })).Error.Should().BeNull();
        (await ann.Call<Reply>("DeleteWebhook", new WebhookReference { RoomId = room, WebhookId = first.Id })).Error!.Code.Should().Be(ErrorCode.NotFound);
        await ann.Send(room, "one");
        await listener.Hears(3);
        listener.All[2].Headers["Chat-Webhook-Id"].Should().Be(second.Id.ToString());
    }

    internal static async Task<Guid> Room(Guest owner) =>
        (await owner.Call<Reply<RoomEntry>>("CreateRoom", new CreateRoom { RoomId = Guid.NewGuid(), Name = $"room {Guid.NewGuid():N}" })).Result!.Mine.Room.RoomId;

    internal static async Task<OutgoingWebhook> Make(Guest owner, Guid room, Uri address, params WebhookEvent[] events)
    {
        var request = new CreateOutgoingWebhook { RoomId = room, WebhookId = Guid.NewGuid(), Url = address.AbsoluteUri, Events = events };
        var made = (await owner.Call<Reply<OutgoingWebhook>>("CreateOutgoingWebhook", request)).Result!;
        (await owner.Call<Reply<OutgoingWebhook>>("CreateOutgoingWebhook", request)).Result.Should().BeEquivalentTo(made, "a repeat answers the same");
        return made;
    }

    internal static async Task<WebhookList> List(Guest owner, Guid room) =>
        (await owner.Call<Reply<WebhookList>>("ListWebhooks", new ListWebhooks { RoomId = room })).Result!;

    private static Task<Reply<OutgoingWebhook>> Ask(Guest who, Guid room, string url) =>
        who.Call<Reply<OutgoingWebhook>>("CreateOutgoingWebhook", new CreateOutgoingWebhook { RoomId = room, WebhookId = Guid.NewGuid(), Url = url });
}
