using Chat.Client;
using Chat.Contracts;
using Chat.Hub.Delivery;
using Chat.Hub.Rooms;
using Chat.Tests.Running;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Tests.Client;

/// <summary>What a client's user writes, through the real server and over restarts of the client.</summary>
public sealed class OutboxTests : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder folder = new();
    private ChatServer server = null!;
    private SignedIn ann = null!;

    private string File => folder.File("outbox");

    public async Task InitializeAsync()
    {
        server = await ChatServer.Start();
        ann = await server.SignIn("Ann");
    }

    public async Task DisposeAsync() => await server.DisposeAsync();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task What_is_written_before_the_client_starts_is_shown_at_once_and_goes_out_in_order()
    {
        await using var client = Client(ann);
        var sent = Enumerable.Range(0, 30).Select(i => client.Send(FirstRooms.General, $"message {i}")).ToList();
        client.Outgoing.Should().Equal(sent).And.OnlyContain(one => one.State == OutgoingState.Sending);

        await client.StartAsync();
        await Empty(client);
        (await Posted()).Should().Equal(sent.Select(one => (one.Text, (Guid?)one.Id)));
    }

    [Fact]
    public async Task A_message_is_among_the_outgoing_or_in_the_room_at_every_moment_and_told_on_its_way()
    {
        await using var client = Client(ann);
        await client.StartAsync();
        var told = new List<OutgoingState>();
        client.OutgoingChanged += (_, now) => told.Add(now.State);
        var room = client.FindRoom(FirstRooms.General)!;

        for (var i = 0; i < 50; i++)
        {
            var sent = client.Send(room.Id, $"message {i}");
            await Waiting.Until(() =>
            {
                // In this order: it leaves the outbox after it has come into the room.
                var waits = room.Outgoing.Any(one => one.Id == sent.Id);
                var isIn = room.Messages.Any(message => message.ClientMessageId == sent.Id);
                (waits || isIn).Should().BeTrue();
                return Task.FromResult(isIn && !waits);
            });
        }
        await client.DisposeAsync();
        told.Should().StartWith(OutgoingState.Sending).And.NotContain(OutgoingState.Failed);
    }

    [Fact]
    public async Task A_refused_message_is_parked_with_its_reason_while_those_behind_it_go_on()
    {
        await using var client = Client(ann);
        await client.StartAsync();
        var control = client.Send(FirstRooms.General, "a bell: \u0007");
        client.Send(FirstRooms.General, "behind it");
        await Posted("behind it");

        var parked = client.FindRoom(FirstRooms.General)!.Outgoing.Should().ContainSingle().Subject;
        parked.Id.Should().Be(control.Id);
        parked.State.Should().Be(OutgoingState.Failed);
        parked.Error!.Code.Should().Be(ErrorCode.Invalid);

        client.RetryOutgoing(parked.Id).State.Should().Be(OutgoingState.Sending);
        await Waiting.Until(() => Task.FromResult(client.Outgoing is [{ State: OutgoingState.Failed }]));
        var edited = client.EditOutgoing(parked.Id, "a bell");
        edited.Id.Should().NotBe(parked.Id);
        await Empty(client);
        (await Posted()).Select(message => message.Text).Should().Equal("behind it", "a bell");
    }

    [Fact]
    public async Task A_parked_message_can_be_dropped_and_only_a_parked_one()
    {
        await using var client = Client(ann);
        var waiting = client.Send(FirstRooms.General, "waits");
        Refused(() => client.DropOutgoing(waiting.Id)).Should().Be(ErrorCode.NotFound);
        Refused(() => client.RetryOutgoing(Guid.NewGuid())).Should().Be(ErrorCode.NotFound);

        client.Send(Guid.NewGuid(), "into no room of mine");
        await client.StartAsync();
        await Waiting.Until(() => Task.FromResult(client.Outgoing is [{ State: OutgoingState.Failed, Error.Code: ErrorCode.NotAMember or ErrorCode.NotFound }]));
        client.DropOutgoing(client.Outgoing[0].Id);
        client.Outgoing.Should().BeEmpty();
    }

    [Theory]
    [InlineData("", ErrorCode.Invalid)]
    [InlineData(" \n", ErrorCode.Invalid)]
    [InlineData(null, ErrorCode.TooLarge)]
    public async Task What_the_server_would_refuse_is_refused_before_it_is_kept(string? text, ErrorCode code)
    {
        await using var client = Client(ann, File);
        Refused(() => client.Send(FirstRooms.General, text ?? new string('字', 6_000))).Should().Be(code);
        client.Outgoing.Should().BeEmpty();
    }

    [Fact]
    public async Task What_waits_in_a_file_goes_out_once_after_a_restart_in_order()
    {
        List<Outgoing> written;
        await using (var offline = Client(ann, File)) written = [.. Enumerable.Range(0, 20).Select(i => offline.Send(FirstRooms.General, $"message {i}"))];

        await using (var client = Client(ann, File))
        {
            await client.StartAsync();
            await Empty(client);
        }
        (await Posted()).Should().Equal(written.Select(one => (one.Text, (Guid?)one.Id)));
        await using var later = Client(ann, File);
        await later.StartAsync();
        later.Outgoing.Should().BeEmpty("the server has it all");
    }

    [Fact]
    public async Task What_failed_is_there_after_a_restart_with_its_reason_and_its_place()
    {
        Task Fails(ChatClient client, string text) => Waiting.Until(() =>
            Task.FromResult(client.Outgoing.Any(one => one.Text == text && one.State == OutgoingState.Failed)));

        await using (var client = Client(ann, File))
        {
            await client.StartAsync();
            var first = client.Send(FirstRooms.General, "one\u0007");
            client.Send(FirstRooms.General, "two\u0007");
            await Fails(client, "two\u0007");
            client.EditOutgoing(first.Id, "one again\u0007");
            await Fails(client, "one again\u0007");
        }
        await using var again = Client(ann, File);
        await again.StartAsync();
        again.Outgoing.Select(one => one.Text).Should().Equal("one again\u0007", "two\u0007");
        again.Outgoing.Should().OnlyContain(one => one.State == OutgoingState.Failed && one.Error!.Code == ErrorCode.Invalid && one.Error.Message.Length > 0);
    }

    [Fact]
    public async Task What_one_user_left_waits_for_that_user_unseen_by_the_next()
    {
        var bob = await server.SignIn("Bob");
        await using (var client = Client(ann, File))
        {
            await client.StartAsync();
            await client.StopAsync();
            client.Send(FirstRooms.General, "Ann's");
        }
        await using (var client = Client(bob, File))
        {
            await client.StartAsync();
            client.Send(FirstRooms.General, "Bob's");
            await Empty(client);
            client.Outgoing.Should().BeEmpty();
        }
        await using var back = Client(ann, File);
        await back.StartAsync();
        await Empty(back);
        (await Posted()).Select(message => message.Text).Should().Equal("Bob's", "Ann's");
    }

    [Fact]
    public async Task A_client_that_is_told_never_to_come_back_parks_nothing()
    {
        await using var client = Client(ann);
        await client.StartAsync();
        var connections = server.App.Services.GetRequiredService<Connections>();
        await connections.Close(connections.Ids.Single(), CloseCode.Banned);
        await Waiting.Until(() => Task.FromResult(client.Status.State is ChatState.Stopped));
        client.Send(FirstRooms.General, "waits");
        (await client.Invoking(c => c.SendMessageAsync(FirstRooms.General, "awaited")).Should().ThrowAsync<ChatException>()).Which.Code.Should().Be(ErrorCode.Banned);
        client.Outgoing.Should().ContainSingle().Which.State.Should().Be(OutgoingState.Sending);

        await client.StartAsync();
        await Empty(client);
        (await Posted()).Select(message => message.Text).Should().Equal("waits");
    }

    [Fact]
    public async Task Somebody_who_waits_hears_of_a_refusal_and_nothing_is_parked()
    {
        await using var client = Client(ann);
        await client.StartAsync();
        var sending = () => client.SendMessageAsync(FirstRooms.General, "a bell: \u0007");
        (await sending.Should().ThrowAsync<ChatException>()).Which.Code.Should().Be(ErrorCode.Invalid);
        client.Outgoing.Should().BeEmpty();
    }

    [Fact]
    public async Task A_message_that_is_taken_back_before_it_left_is_nowhere_any_more()
    {
        using var cancel = new CancellationTokenSource();
        await using (var client = new ChatClient(new ChatClientOptions { Server = new Uri("http://127.0.0.1:1"), OutboxFile = File }))
        {
            var starting = client.StartAsync(cancel.Token);
            await Waiting.Until(() => Task.FromResult(client.Status.State is ChatState.Connecting));
            var sending = client.SendMessageAsync(FirstRooms.General, "taken back", ct: cancel.Token);
            client.Outgoing.Should().ContainSingle();
            await cancel.CancelAsync();
            await sending.Invoking(task => task).Should().ThrowAsync<OperationCanceledException>();
            await starting.Invoking(task => task).Should().ThrowAsync<OperationCanceledException>();
            client.Outgoing.Should().BeEmpty();
        }
        await using var again = Client(ann, File);
        again.Outgoing.Should().BeEmpty();
    }

    [Fact]
    public async Task One_id_is_one_message()
    {
        await using var client = Client(ann);
        var request = new SendMessage { RoomId = FirstRooms.General, ClientMessageId = Guid.NewGuid(), Text = "once" };
        client.Send(request);
        client.Send(request);
        client.Outgoing.Should().ContainSingle();
        Refused(() => client.Send(request with { Text = "another" })).Should().Be(ErrorCode.Conflict);

        await client.StartAsync();
        (await client.SendMessageAsync(request)).Text.Should().Be("once");
        (await Posted()).Should().ContainSingle();
    }

    [Fact]
    public async Task Of_a_message_that_was_sent_and_is_awaited_too_only_the_waiting_ends()
    {
        await using var client = Client(ann, File);
        var request = new SendMessage { RoomId = FirstRooms.General, ClientMessageId = Guid.NewGuid(), Text = "promised" };
        client.Send(request);
        await client.Invoking(c => c.SendMessageAsync(request)).Should().ThrowAsync<InvalidOperationException>("it is not started");
        client.Outgoing.Should().ContainSingle();

        await using var dark = Relay.To(server.Address);
        dark.IsBlackHole = true;
        await using (var away = new ChatClient(new ChatClientOptions { Server = dark.Address, AccessToken = _ => Task.FromResult<string?>(ann.AccessToken), OutboxFile = File + "2" }))
        {
            var starting = away.StartAsync();
            using var cancel = new CancellationTokenSource();
            var first = away.SendMessageAsync(request, cancel.Token);
            away.Send(request);
            await cancel.CancelAsync();
            await first.Invoking(task => task).Should().ThrowAsync<OperationCanceledException>();
            away.Outgoing.Should().ContainSingle("it was sent meanwhile");

            var second = away.SendMessageAsync(request);
            await away.StopAsync();
            (await second.Invoking(task => task).Should().ThrowAsync<ChatException>()).Which.Code.Should().Be(ErrorCode.Unavailable);
            away.Outgoing.Should().ContainSingle().Which.State.Should().Be(OutgoingState.Sending);
            await starting.Invoking(task => task).Should().ThrowAsync<ChatException>();
        }
        await using var again = Client(ann, File + "2");
        again.Outgoing.Should().ContainSingle().Which.State.Should().Be(OutgoingState.Sending);

        await client.StartAsync();
        await Empty(client);
        var bell = request with { ClientMessageId = Guid.NewGuid(), Text = "a bell: \u0007" };
        client.Send(bell);
        (await client.Invoking(c => c.SendMessageAsync(bell)).Should().ThrowAsync<ChatException>()).Which.Code.Should().Be(ErrorCode.Invalid);
        client.Outgoing.Should().ContainSingle().Which.State.Should().Be(OutgoingState.Failed);
    }

    [Fact]
    public async Task A_client_that_is_disposed_while_it_tries_to_come_back_parks_nothing()
    {
        await using var way = Relay.To(server.Address);
        for (var i = 0; i < 5; i++)
        {
            way.Answer = null;
            await using (var client = new ChatClient(new ChatClientOptions { Server = way.Address, AccessToken = _ => Task.FromResult<string?>(ann.AccessToken), OutboxFile = $"{File}{i}" }))
            {
                await client.StartAsync();
                way.Answer = "";
                way.Cut();
                await Waiting.Until(() => Task.FromResult(client.Status.State is ChatState.Reconnecting));
                for (var n = 0; n < 6; n++) client.Send(FirstRooms.General, $"message {i} {n}");
            }
        }
        for (var i = 0; i < 5; i++)
        {
            await using var after = Client(ann, $"{File}{i}");
            await after.StartAsync();
            await Empty(after);
        }
        (await Posted()).Select(message => message.Text).Should().Equal(from i in Enumerable.Range(0, 5) from n in Enumerable.Range(0, 6) select $"message {i} {n}");
    }

    [Fact]
    public async Task Whoever_waits_behind_what_somebody_else_left_is_told_when_the_client_stops()
    {
        await using (var client = Client(ann, File))
        {
            await client.StartAsync();
            await client.StopAsync();
            client.Send(FirstRooms.General, "Ann's");
        }
        await using var away = new ChatClient(new ChatClientOptions { Server = new Uri("http://127.0.0.1:1"), OutboxFile = File });
        using var cancel = new CancellationTokenSource();
        var starting = away.StartAsync(cancel.Token);
        await Waiting.Until(() => Task.FromResult(away.Status.State is ChatState.Connecting));
        var waiting = away.SendMessageAsync(FirstRooms.General, "whose?");
        await cancel.CancelAsync();
        await starting.Invoking(task => task).Should().ThrowAsync<OperationCanceledException>();
        (await waiting.WaitAsync(TimeSpan.FromSeconds(10)).Invoking(task => task).Should().ThrowAsync<ChatException>()).Which.Code.Should().Be(ErrorCode.Unavailable);
        away.Outgoing.Should().BeEmpty();
    }

    [Fact]
    public async Task Whoever_waits_for_a_sign_in_is_told_when_the_client_is_stopped_instead()
    {
        await using var client = new ChatClient(new ChatClientOptions { Server = server.Address, AccessToken = _ => Task.FromResult<string?>("no token") });
        await client.Invoking(c => c.StartAsync()).Should().ThrowAsync<ChatException>();
        client.Status.State.Should().Be(ChatState.SignedOut);
        var waiting = client.SendMessageAsync(FirstRooms.General, "waits");
        client.Send(FirstRooms.General, "sent");
        await client.StopAsync();
        client.Status.State.Should().Be(ChatState.Offline);
        (await waiting.WaitAsync(TimeSpan.FromSeconds(10)).Invoking(task => task).Should().ThrowAsync<ChatException>()).Which.Code.Should().Be(ErrorCode.Unavailable);
        client.Outgoing.Should().ContainSingle().Which.Text.Should().Be("sent");
    }

    [Fact]
    public void A_file_belongs_to_one_client()
    {
        using var _ = new Hold(Client(ann, File));
        var second = () => Client(ann, File);
        second.Should().Throw<IOException>().WithMessage($"*{File}*in use*");
    }

    private ChatClient Client(SignedIn user, string? file = null) => new(new ChatClientOptions
    {
        Server = server.Address,
        AccessToken = _ => Task.FromResult<string?>(user.AccessToken),
        OutboxFile = file,
    });

    private static Task Empty(ChatClient client) => Waiting.Until(() => Task.FromResult(client.Outgoing.Count is 0));

    private async Task<IReadOnlyList<(string Text, Guid? Id)>> Posted(string? until = null)
    {
        await using var reader = await server.Enter("Reader");
        IReadOnlyList<(string Text, Guid? Id)> all = [];
        await Waiting.Until(async () =>
        {
            var history = await reader.Hub.GetHistory(new GetHistory { RoomId = FirstRooms.General });
            all = [.. history.Result!.Messages.Where(message => message.Kind is MessageKind.Text).Select(message => (message.Text, message.ClientMessageId))];
            return until is null || all.Any(message => message.Text == until);
        });
        return all;
    }

    private static ErrorCode Refused(Action action) => action.Should().Throw<ChatException>().Which.Code;

    private sealed class Hold(ChatClient client) : IDisposable
    {
        public void Dispose() => client.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }
}
