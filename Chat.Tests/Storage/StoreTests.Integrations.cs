using Chat.Contracts;
using Chat.Hub.Rooms;
using Chat.Hub.Storage;

namespace Chat.Tests.Storage;

public abstract partial class StoreTests
{
    private IWebhookStore Webhooks => (IWebhookStore)fixture.Store;

    private IStreamStore Streams => (IStreamStore)fixture.Store;

    private IBotStore Bots => (IBotStore)fixture.Store;

    [Fact]
    public async Task An_open_message_is_noted_until_it_ends_and_found_when_its_writer_falls_silent()
    {
        await fixture.FoundRoom();
        var begin = new BeginStreamChange(fixture.Ann, new StreamStart { RoomId = fixture.RoomId, ClientMessageId = Guid.NewGuid() });
        (await fixture.Write(begin)).Should().BeNull();
        (await fixture.Write(begin)).Should().BeNull();
        var seq = (await fixture.Sync(0)).Head;
        (await Streams.FindSilentStreams(StoreFixture.Now, 10, default)).Should().BeEmpty("it was heard when it began");
        await Streams.TouchStreams([new MessagePlace { RoomId = fixture.RoomId, Seq = seq }], StoreFixture.Now.AddSeconds(5), default);
        (await Streams.FindSilentStreams(StoreFixture.Now.AddSeconds(5), 10, default)).Should().BeEmpty();
        (await Streams.FindSilentStreams(StoreFixture.Now.AddSeconds(6), 10, default)).Should().Equal(new MessagePlace { RoomId = fixture.RoomId, Seq = seq });

        (await fixture.Write(new GrowStreamChange(fixture.RoomId, seq, fixture.Ann.UserId, "so far"))).Should().BeNull();
        (await fixture.Write(new GrowStreamChange(fixture.RoomId, seq, fixture.Ann.UserId, "another"))).Should().BeEquivalentTo(new { Code = ErrorCode.Conflict });
        await fixture.Open();
        (await Streams.FindStream(fixture.RoomId, seq, default)).Should().Match<Message>(message => message.Text == "so far" && message.Stream == StreamState.Open);
        await Streams.ForgetStream(new MessagePlace { RoomId = fixture.RoomId, Seq = seq + 1 }, default);
        (await Streams.FindSilentStreams(StoreFixture.Now.AddDays(1), 10, default)).Should().ContainSingle();
        (await fixture.Write(new EndStreamChange(fixture.RoomId, seq, null, null, StreamState.CutOff))).Should().BeNull();
        (await fixture.Write(new EndStreamChange(fixture.RoomId, seq, null, null, StreamState.CutOff))).Should().BeNull();
        (await Streams.FindSilentStreams(StoreFixture.Now.AddDays(1), 10, default)).Should().BeEmpty();
        var sync = await fixture.Sync(0);
        sync.Head.Should().Be(seq + 2);
        sync.Messages[^1].Should().Match<Message>(message => message.Stream == StreamState.CutOff && message.Text == "so far");
    }

    [Fact]
    public async Task What_a_webhook_is_to_be_told_is_kept_with_the_change_and_given_to_one_owner_at_a_time()
    {
        await fixture.FoundRoom();
        await fixture.Post("before");
        var webhook = await Webhooks.AddOutgoing(Outgoing(WebhookEvent.MessagePosted), default);
        (await Webhooks.AddOutgoing(Outgoing() with { Id = webhook.Id, Url = "https://other.example/" }, default)).Should().BeEquivalentTo(webhook, "the first stays");
        List<Guid> written = [];
        Webhooks.EventsWritten = written.AddRange;
        await fixture.PostMany(3);
        written.Should().Equal(webhook.Id);

        Guid one = Guid.NewGuid(), two = Guid.NewGuid();
        var now = StoreFixture.Now;
        (await Lease(one, now)).Should().Equal(webhook.Id);
        (await Lease(two, now.AddSeconds(29))).Should().BeEmpty();
        (await Webhooks.RenewLeases(one, [webhook.Id], now.AddSeconds(60), default)).Should().Equal(webhook.Id);
        (await Lease(two, now.AddSeconds(31))).Should().BeEmpty();
        var letters = await Webhooks.NextEvents(webhook.Id, 10, default);
        letters.Select(letter => letter.Version).Should().Equal(5, 6, 7);
        (await Webhooks.Delivered(one, webhook.Id, 5, default)).Should().BeTrue();

        (await Lease(two, now.AddSeconds(61))).Should().Equal(webhook.Id);
        (await Webhooks.Delivered(one, webhook.Id, 6, default)).Should().BeFalse("the lease is another's");
        (await Webhooks.Failed(one, webhook.Id, "no", now, default)).Should().BeNull();
        (await Webhooks.RenewLeases(one, [webhook.Id], now.AddDays(1), default)).Should().BeEmpty();
        (await Webhooks.Failed(two, webhook.Id, "no", now, default)).Should().Be(now);
        (await Webhooks.Failed(two, webhook.Id, "no again", now.AddHours(1), default)).Should().Be(now);
        await Webhooks.Park(two, webhook.Id, default);
        (await Lease(two, now.AddDays(1))).Should().BeEmpty();
        (await Webhooks.ListWebhooks(fixture.RoomId, default)).Outgoing.Should().ContainSingle().Which.Should().BeEquivalentTo(
            webhook with { State = WebhookState.Parked, FailingSince = now, LastError = "no again", Waiting = 2 });

        (await Webhooks.ResumeWebhook(fixture.RoomId, webhook.Id, default)).Should().BeTrue();
        (await Webhooks.LeaseWebhooks(two, [Guid.NewGuid()], now, now, default)).Should().BeEmpty();
        (await Webhooks.LeaseWebhooks(two, [webhook.Id], now, now, default)).Should().ContainSingle();
        await Webhooks.EndLease(two, webhook.Id, default);
        (await Webhooks.DeleteWebhook(Guid.NewGuid(), webhook.Id, default)).Should().BeFalse("it is another room's");
        (await Webhooks.DeleteWebhook(fixture.RoomId, webhook.Id, default)).Should().BeTrue();
        (await Webhooks.NextEvents(webhook.Id, 10, default)).Should().BeEmpty();

        async Task<IEnumerable<Guid>> Lease(Guid owner, DateTimeOffset at) =>
            (await Webhooks.LeaseWebhooks(owner, null, at, at.AddSeconds(30), default)).Select(leased => leased.Id);
    }

    [Fact]
    public async Task An_incoming_webhook_takes_another_secret_from_whoever_made_it_and_from_nobody_else()
    {
        await fixture.FoundRoom();
        var webhook = new IncomingWebhook { Id = Guid.NewGuid(), RoomId = fixture.RoomId, Name = "CI", Path = "", CreatedBy = fixture.Ann.UserId, CreatedAt = StoreFixture.Now };
        (await Webhooks.AddIncoming(webhook, [1], default)).Should().BeTrue();
        (await Webhooks.AddIncoming(webhook, [2], default)).Should().BeTrue();
        (await Webhooks.AddIncoming(webhook with { CreatedBy = Guid.NewGuid() }, [3], default)).Should().BeFalse();
        var found = (await Webhooks.FindIncoming(webhook.Id, default))!.Value;
        found.Webhook.Should().BeEquivalentTo(webhook);
        found.SecretHash.Should().Equal(2);
        (await Webhooks.DeleteWebhook(fixture.RoomId, webhook.Id, default)).Should().BeTrue();
        (await Webhooks.FindIncoming(webhook.Id, default)).Should().BeNull();
    }

    [Fact]
    public async Task A_bot_is_kept_with_its_scopes_and_its_latest_token()
    {
        var user = new User { Id = Guid.NewGuid(), Name = "Robot", Kind = UserKind.Bot, CreatedAt = StoreFixture.Now };
        await Store.AddUser(user, null, null, default);
        var bot = new StoredBot(new Bot { User = user, Scopes = [BotScope.Read, BotScope.Upload], CreatedBy = Guid.NewGuid(), CreatedAt = StoreFixture.Now }, Guid.NewGuid(), [1, 2]);
        await Bots.PutBot(bot, default);
        await Bots.PutBot(bot with { TokenId = Guid.NewGuid() }, default);
        await Bots.PutBot(bot, default);
        (await Bots.FindBot(user.Id, default)).Should().BeEquivalentTo(bot);
        (await Bots.ListBots(default)).Should().ContainSingle().Which.Should().BeEquivalentTo(bot);
        (await Bots.DeleteBot(user.Id, default)).Should().BeTrue();
        (await Bots.DeleteBot(user.Id, default)).Should().BeFalse();
        (await Bots.FindBot(user.Id, default)).Should().BeNull();
        (await Store.FindUser(user.Id, default)).Should().BeEquivalentTo(user, "its messages have an author");
    }

    private OutgoingWebhook Outgoing(params WebhookEvent[] events) => new()
    {
        Id = Guid.NewGuid(),
        RoomId = fixture.RoomId,
        Url = "https://example.org/",
        Events = events,
        Secret = "secret",
        State = WebhookState.Active,
        Waiting = 0,
        CreatedBy = fixture.Ann.UserId,
        CreatedAt = StoreFixture.Now,
    };
}
