using Chat.Contracts;
using Chat.Hub.Rooms;
using Chat.Tests.Running;

namespace Chat.Tests.Hubs;

/// <summary>People in rooms, over real sockets in both protocols.</summary>
public sealed class ConversationTests
{
    private static readonly Guid General = FirstRooms.General;

    [Theory]
    [InlineData(Wire.Json)]
    [InlineData(Wire.MessagePack)]
    public async Task Whoever_signs_in_is_in_general_and_hears_the_others(Wire wire)
    {
        await using var server = await ChatServer.Start();
        await using var ann = await server.Enter("Ann", wire);
        await using var bob = await server.Enter("Bob");
        ann.Connected.Rooms.Select(mine => mine.Room.Name).Should().Equal("general");
        (await ann.Hears<Member>(member => member.UserId == bob.User.Id)).State.Should().Be(MemberState.Active);

        var sent = await bob.Send(General, "hello");
        (await ann.Hears<Message>(message => message.Text == "hello")).Should().BeEquivalentTo(sent);
        sent.Should().Match<Message>(message => message.AuthorName == "Bob" && message.Version == message.Seq && message.Kind == MessageKind.Text);
    }

    [Fact]
    public async Task A_fresh_server_has_general_and_random_each_with_a_welcome()
    {
        await using var server = await ChatServer.Start();
        await using var ann = await server.Enter();
        var page = await ann.Call<Reply<RoomPage>>("ListRooms", new ListRooms());
        page.Result!.Rooms.Select(summary => (summary.Room.Name, summary.IsMember, summary.MemberCount)).Should().Equal(("general", true, 1), ("random", false, 0));
        var history = await ann.Call<Reply<History>>("GetHistory", new GetHistory { RoomId = General });
        history.Result!.Messages.Select(message => message.System!.Kind).Should().Equal(SystemEventKind.Welcome, SystemEventKind.Joined);
        (await ann.Hears<Notice>(notice => notice.Kind is NoticeKind.Welcome)).Text.Should().Contain("Ann");
    }

    [Fact]
    public async Task Joining_answers_the_room_and_its_last_messages_and_leaving_is_told()
    {
        await using var server = await ChatServer.Start();
        await using var ann = await server.Enter("Ann");
        await using var bob = await server.Enter("Bob");
        var made = await Create(ann, "tea");
        await ann.Send(made.Mine.Room.RoomId, "before Bob");

        var entry = (await bob.Call<Reply<RoomEntry>>("JoinRoom", new JoinRoom { RoomId = made.Mine.Room.RoomId })).Result!;
        entry.Snapshot.Should().Match<RoomSync>(snapshot => snapshot.Reset && snapshot.Members.Count == 2 && snapshot.MemberCount == 2);
        entry.Snapshot.Messages.Select(message => message.Text).Should().Equal("Ann created tea.", "before Bob", "Bob joined.");

        await ann.Hears<Message>(message => message.System is { Kind: SystemEventKind.Joined, ActorName: "Bob" } && message.RoomId == made.Mine.Room.RoomId);
        (await bob.Call<Reply>("LeaveRoom", new LeaveRoom { RoomId = made.Mine.Room.RoomId })).Error.Should().BeNull();
        await ann.Hears<Message>(message => message.System is { Kind: SystemEventKind.Left, ActorName: "Bob" });
    }

    [Fact]
    public async Task Nothing_of_a_room_is_heard_after_leaving_it()
    {
        await using var server = await ChatServer.Start();
        await using var ann = await server.Enter("Ann");
        await using var bob = await server.Enter("Bob");
        await using var eve = await server.Enter("Eve");
        var room = (await Create(ann, "tea")).Mine.Room.RoomId;
        foreach (var guest in (Guest[])[bob, eve]) await guest.Call<Reply<RoomEntry>>("JoinRoom", new JoinRoom { RoomId = room });
        await ann.Send(room, "one");
        await bob.Hears<Message>(message => message.Text == "one");
        await using var bobsDesktop = new Guest(server.Address, bob.SignedIn, Wire.MessagePack);
        await bobsDesktop.Start();
        await ann.Send(room, "one and a half");
        await bobsDesktop.Hears<Message>(message => message.Text == "one and a half");

        await bob.Call<Reply>("LeaveRoom", new LeaveRoom { RoomId = room });
        await ann.Send(room, "two");
        await eve.Hears<Message>(message => message.Text == "two");
        foreach (var device in (Guest[])[bob, bobsDesktop]) await device.Call<Reply<Pong>>("Ping", new Ping());
        bob.Heard<Message>().Should().NotContain(message => message.Text == "two");
        (await bob.Call<Reply<History>>("GetHistory", new GetHistory { RoomId = room })).Error!.Code.Should().Be(ErrorCode.NotAMember);
        (await bob.Call<Reply<RoomSync>>("Sync", new SyncRoom { RoomId = room, Version = 0, Epoch = "" })).Error!.Code.Should().Be(ErrorCode.NotAMember);
        (await bob.Call<Reply>("SendTyping", new SendTyping { RoomId = room })).Error!.Code.Should().Be(ErrorCode.NotAMember);
        (await bob.Call<Reply<MemberPage>>("ListMembers", new ListMembers { RoomId = room })).Error!.Code.Should().Be(ErrorCode.NotAMember);
        (await bob.Call<Reply<ReadMarker>>("MarkRead", new MarkRead { RoomId = room, Seq = 1 })).Error!.Code.Should().Be(ErrorCode.NotAMember);
        bobsDesktop.Heard<Message>().Should().NotContain(message => message.Text == "two");
    }

    [Fact]
    public async Task A_send_repeated_after_a_lost_answer_is_answered_with_the_same_record()
    {
        await using var server = await ChatServer.Start();
        var id = Guid.NewGuid();
        Message first;
        await using (var ann = await server.Enter("Ann", Wire.MessagePack))
        {
            first = await ann.Send(General, "once", id);
            await using var again = new Guest(server.Address, ann.SignedIn, Wire.Json);
            await again.Start();
            (await again.Send(General, "once", id)).Should().BeEquivalentTo(first);
            var other = await again.Call<Reply<Message>>("SendMessage", new SendMessage { RoomId = General, ClientMessageId = id, Text = "another" });
            other.Error!.Code.Should().Be(ErrorCode.Conflict);
            (await again.Call<Reply<RoomSync>>("Sync", new SyncRoom { RoomId = General, Version = first.Version - 1, Epoch = again.Connected.Epoch }))
                .Result!.Messages.Should().ContainSingle().Which.Should().BeEquivalentTo(first);
        }
    }

    [Fact]
    public async Task Two_hundred_sends_at_once_take_two_hundred_numbers_without_gap()
    {
        await using var server = await ChatServer.Start();
        await using var ann = await server.Enter("Ann");
        var guests = await Task.WhenAll(Enumerable.Range(0, 20).Select(n => server.Enter($"Guest {n}", n % 2 is 0 ? Wire.Json : Wire.MessagePack)));
        var sent = await Task.WhenAll(guests.SelectMany(guest => Enumerable.Range(0, 10).Select(n => guest.Send(General, $"{guest.User.Name} {n}"))));
        await ann.Hears<Message>(message => message.Seq == sent.Max(m => m.Seq));
        ann.Heard<Message>().Where(message => message.Kind is MessageKind.Text).Select(message => message.Seq).Should().BeInAscendingOrder().And.HaveCount(200);
        sent.Select(message => message.Seq).Should().OnlyHaveUniqueItems();
        (sent.Max(m => m.Seq) - sent.Min(m => m.Seq)).Should().Be(199);
        foreach (var guest in guests) await guest.DisposeAsync();
    }

    [Fact]
    public async Task A_device_that_was_away_is_told_what_it_missed_with_its_first_call()
    {
        await using var server = await ChatServer.Start();
        await using var bob = await server.Enter("Bob");
        SignedIn signedIn;
        long known;
        string epoch;
        await using (var ann = await server.Enter("Ann"))
        {
            signedIn = ann.SignedIn;
            known = (await ann.Send(General, "seen")).Version;
            epoch = ann.Connected.Epoch;
        }
        await bob.Send(General, "missed");

        await using var back = new Guest(server.Address, signedIn, Wire.Json);
        await back.Start(new Connect { ContractVersion = 1, Epoch = epoch, Known = [new RoomHead { RoomId = General, Head = known }] });
        var mine = back.Connected.Rooms.Single();
        mine.Sync!.Messages.Select(message => message.Text).Should().Equal("missed");
        mine.Should().Match<MyRoom>(room => room.Unread == 1 && room.Head == known + 1);

        await using var current = new Guest(server.Address, signedIn, Wire.Json);
        await current.Start(new Connect { ContractVersion = 1, Epoch = epoch, Known = [new RoomHead { RoomId = General, Head = known + 1 }] });
        current.Connected.Rooms.Single().Sync.Should().BeNull("nothing changed");
    }

    [Fact]
    public async Task The_heads_of_changed_rooms_are_told_for_those_who_missed_the_last_event()
    {
        await using var server = await ChatServer.Start();
        await using var ann = await server.Enter("Ann");
        var sent = await ann.Send(General, "the last");
        await ann.Hears<Heads>(heads => heads.Rooms.Any(head => head.RoomId == General && head.Head == sent.Version), TimeSpan.FromSeconds(15));
    }

    [Fact]
    public async Task Reading_on_one_device_is_told_to_the_other()
    {
        await using var server = await ChatServer.Start();
        await using var bob = await server.Enter("Bob");
        await using var phone = await server.Enter("Ann");
        await using var desktop = new Guest(server.Address, phone.SignedIn, Wire.MessagePack);
        await desktop.Start();
        var message = await bob.Send(General, "news");
        var marker = await phone.Call<Reply<ReadMarker>>("MarkRead", new MarkRead { RoomId = General, Seq = message.Seq });
        marker.Result!.Unread.Should().Be(0);
        (await desktop.Hears<ReadMarker>(moved => moved.RoomId == General)).Should().BeEquivalentTo(marker.Result);
    }

    [Fact]
    public async Task A_room_joined_on_one_device_is_heard_on_the_other()
    {
        await using var server = await ChatServer.Start();
        await using var bob = await server.Enter("Bob");
        await using var phone = await server.Enter("Ann");
        await using var desktop = new Guest(server.Address, phone.SignedIn, Wire.Json);
        await desktop.Start();
        var room = (await Create(bob, "tea")).Mine.Room.RoomId;
        await phone.Call<Reply<RoomEntry>>("JoinRoom", new JoinRoom { RoomId = room });
        await desktop.Hears<Member>(member => member.RoomId == room && member.UserId == phone.User.Id);
        await bob.Send(room, "both of you");
        await desktop.Hears<Message>(message => message.Text == "both of you");
    }

    [Fact]
    public async Task Nothing_but_Connect_and_Ping_is_answered_before_Connect()
    {
        await using var server = await ChatServer.Start();
        await using var early = Guest.Build(server.Address, (await server.SignIn()).AccessToken, Wire.Json);
        await early.StartAsync();
        (await Invoke<Reply<Message>>("SendMessage", new SendMessage { RoomId = General, ClientMessageId = Guid.NewGuid(), Text = "hi" })).Error!.Code.Should().Be(ErrorCode.ConnectFirst);
        (await Invoke<Reply>("SendTyping", new SendTyping { RoomId = General })).Error!.Code.Should().Be(ErrorCode.ConnectFirst);
        (await Invoke<Reply<Pong>>("Ping", new Ping())).Error.Should().BeNull();
        Task<T> Invoke<T>(string method, object request) => Microsoft.AspNetCore.SignalR.Client.HubConnectionExtensions.InvokeAsync<T>(early, method, request);
    }

    [Fact]
    public async Task A_client_of_another_version_is_told_so_and_never_to_come_back()
    {
        await using var server = await ChatServer.Start();
        await using var old = new Guest(server.Address, await server.SignIn(), Wire.Json);
        await old.Connection.StartAsync();
        (await old.Call<Reply<Connected>>("Connect", new Connect { ContractVersion = 99 })).Error!.Code.Should().Be(ErrorCode.UnsupportedVersion);
        (await old.Hears<Closing>(closing => closing.Code is CloseCode.UnsupportedVersion)).Reconnect.Should().Be(ReconnectAdvice.Never);
        await Waiting.Until(() => Task.FromResult(old.Connection.State == Microsoft.AspNetCore.SignalR.Client.HubConnectionState.Disconnected));
    }

    [Fact]
    public async Task A_flood_is_refused_with_a_retry_time_and_hurts_nobody_else()
    {
        await using var server = await ChatServer.Start(("Chat:Delivery:ChangesPerSecond", "10"), ("Chat:Delivery:ChangesBurst", "20"));
        await using var flood = await server.Enter("Flood");
        await using var bob = await server.Enter("Bob");
        var replies = await Task.WhenAll(Enumerable.Range(0, 60).Select(n => flood.Call<Reply<Message>>(
            "SendMessage", new SendMessage { RoomId = General, ClientMessageId = Guid.NewGuid(), Text = $"{n}" })));
        replies.Where(reply => reply.Error is not null).Should().NotBeEmpty()
            .And.OnlyContain(reply => reply.Error!.Code == ErrorCode.RateLimited && reply.Error.RetryAfterMs > 0);
        await bob.Send(General, "I am fine");
    }

    [Fact]
    public async Task Reading_in_a_flood_is_refused_with_a_retry_time_too()
    {
        await using var server = await ChatServer.Start(("Chat:Delivery:CallsPerSecond", "10"), ("Chat:Delivery:CallsBurst", "20"));
        await using var flood = await server.Enter("Flood");
        await using var bob = await server.Enter("Bob");
        var replies = await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => flood.Call<Reply<History>>("GetHistory", new GetHistory { RoomId = General })));
        replies.Where(reply => reply.Error is not null).Should().NotBeEmpty()
            .And.OnlyContain(reply => reply.Error!.Code == ErrorCode.RateLimited && reply.Error.RetryAfterMs > 0);
        (await bob.Call<Reply<History>>("GetHistory", new GetHistory { RoomId = General })).Error.Should().BeNull();
    }

    [Fact]
    public async Task A_full_queue_answers_unavailable_instead_of_filling_memory()
    {
        await using var server = await ChatServer.Start(("Chat:Log:WaitingChanges", "1"));
        var guests = new List<Guest>();
        for (var n = 0; n < 8; n++) guests.Add(await server.Enter($"Guest {n}"));
        var replies = await Task.WhenAll(guests.SelectMany(guest => Enumerable.Range(0, 100).Select(n => guest.Call<Reply<Message>>(
            "SendMessage", new SendMessage { RoomId = General, ClientMessageId = Guid.NewGuid(), Text = $"{n}" }))));
        replies.Should().Contain(reply => reply.Error != null && reply.Error.Code == ErrorCode.Unavailable && reply.Error.RetryAfterMs > 0);
        replies.Should().OnlyContain(reply => reply.Error == null || reply.Error.Code == ErrorCode.Unavailable);
        var posted = replies.Count(reply => reply.Error is null);
        var history = new List<Message>();
        for (long? before = null; ;)
        {
            var page = (await guests[0].Call<Reply<History>>("GetHistory", new GetHistory { RoomId = General, BeforeSeq = before, Limit = 200 })).Result!;
            history.AddRange(page.Messages.Where(message => message.Kind is MessageKind.Text));
            if (!page.HasOlder) break;
            before = page.Messages[0].Seq;
        }
        history.Should().HaveCount(posted);
        foreach (var guest in guests) await guest.DisposeAsync();
    }

    private static async Task<RoomEntry> Create(Guest owner, string name) =>
        (await owner.Call<Reply<RoomEntry>>("CreateRoom", new CreateRoom { RoomId = Guid.NewGuid(), Name = name })).Result!;
}
