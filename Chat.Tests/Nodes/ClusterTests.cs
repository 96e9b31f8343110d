using Chat.Contracts;
using Chat.Hub.Nodes;
using Chat.Hub.Rooms;
using Chat.Tests.Running;

namespace Chat.Tests.Nodes;

public sealed class ClusterTests
{
    private static readonly Guid General = FirstRooms.General;

    [Fact]
    public async Task What_three_nodes_write_at_once_is_heard_on_each_once_and_in_one_order()
    {
        await using var cluster = await Cluster.Start(3);
        var guests = new List<Guest>();
        for (var i = 0; i < 6; i++) guests.Add(await cluster[i % 3].Enter($"Guest{i}", i < 3 ? Wire.Json : Wire.MessagePack));
        var from = (await guests[0].Send(General, "from here on")).Version;

        var sent = (await Task.WhenAll(guests.Select(guest => Flood(guest, 100)))).SelectMany(messages => messages).ToList();

        var last = sent.Max(message => message.Version);
        foreach (var guest in guests)
        {
            await guest.Hears<Message>(message => message.Version == last);
            guest.Heard<Message>().Where(message => message.Version > from).Select(message => message.Version)
                .Should().Equal(Enumerable.Range((int)from + 1, sent.Count).Select(version => (long)version), "each once, without gap, in order");
        }
        foreach (var guest in guests) await guest.DisposeAsync();
    }

    [Fact]
    public async Task A_room_entered_on_one_node_is_heard_by_the_users_device_on_another_until_it_is_left()
    {
        await using var cluster = await Cluster.Start(2);
        await using var phone = await cluster[0].Enter("Ann");
        await using var desktop = new Guest(cluster[1].Address, phone.SignedIn, Wire.MessagePack);
        await desktop.Start();
        await using var bob = await cluster[1].Enter("Bob");
        var room = Guid.NewGuid();
        (await bob.Call<Reply<RoomEntry>>("CreateRoom", new CreateRoom { RoomId = room, Name = "tea", Kind = RoomKind.Public })).Error.Should().BeNull();

        (await phone.Call<Reply<RoomEntry>>("JoinRoom", new JoinRoom { RoomId = room })).Error.Should().BeNull();
        await desktop.Hears<Member>(member => member.RoomId == room && member.UserId == phone.User.Id && member.State == MemberState.Active);
        await bob.Send(room, "for Ann everywhere");
        await desktop.Hears<Message>(message => message.Text == "for Ann everywhere");
        await phone.Hears<Message>(message => message.Text == "for Ann everywhere");

        (await phone.Call<Reply>("LeaveRoom", new LeaveRoom { RoomId = room })).Error.Should().BeNull();
        await desktop.Hears<Member>(member => member.RoomId == room && member.State == MemberState.Left);
        await bob.Send(room, "without Ann");
        await bob.Hears<Message>(message => message.Text == "without Ann");
        var general = await bob.Send(General, "still here");
        await desktop.Hears<Message>(message => message.Version == general.Version);
        desktop.Heard<Message>().Should().NotContain(message => message.Text == "without Ann");
    }

    [Fact]
    public async Task Typing_and_read_markers_cross_nodes()
    {
        await using var cluster = await Cluster.Start(2);
        await using var ann = await cluster[0].Enter("Ann");
        await using var other = new Guest(cluster[1].Address, ann.SignedIn, Wire.Json);
        await other.Start();
        await using var bob = await cluster[1].Enter("Bob");
        await ann.Call<Reply>("SendTyping", new SendTyping { RoomId = General });
        await bob.Hears<TypingNotice>(notice => notice.UserId == ann.User.Id && notice.IsTyping);
        var message = await bob.Send(General, "read me");
        await ann.Call<Reply<ReadMarker>>("MarkRead", new MarkRead { RoomId = General, Seq = message.Seq });
        await other.Hears<ReadMarker>(marker => marker.Seq == message.Seq);
    }

    [Fact]
    public async Task With_Redis_killed_chat_goes_on_and_comes_together_again_by_itself()
    {
        await using var cluster = await Cluster.Start(2);
        await using var ann = await cluster[0].Enter("Ann");
        await using var near = await cluster[0].Enter("Near");
        await using var far = await cluster[1].Enter("Far");

        await cluster.Redis.KillAsync();
        await Crosses(ann, near, far);
        await using (var late = await cluster[1].Enter("Late"))
        {
            late.Connected.Rooms.Should().Contain(room => room.Room.RoomId == General, "new connections still get in");
            await ann.Hears<Member>(member => member.Name == "Late", TimeSpan.FromSeconds(4));
        }

        await cluster.Redis.StartAsync();
        await cluster.Together();
        await Crosses(far, far, ann);
    }

    [Fact]
    public async Task With_Redis_frozen_or_flushed_nothing_is_lost()
    {
        await using var cluster = await Cluster.Start(2);
        await using var ann = await cluster[0].Enter("Ann");
        await using var far = await cluster[1].Enter("Far");
        cluster.Redis.Freeze();
        await cluster.Apart();
        await Crosses(ann, ann, far);
        cluster.Redis.Thaw();
        await cluster.Together();
        await cluster.Redis.FlushAsync();
        await Crosses(far, far, ann);
        (await OnlineIn(cluster[0], ann)).Should().Be(2);
        (await OnlineIn(cluster[1], far)).Should().Be(2);
    }

    [Fact]
    public async Task A_node_starts_and_lets_people_in_while_Redis_is_away()
    {
        await using var cluster = await Cluster.Start(1);
        await cluster.Redis.KillAsync();
        await cluster.Add();
        await using var ann = await cluster[0].Enter("Ann");
        await using var bob = await cluster[1].Enter("Bob");
        await Crosses(ann, ann, bob);
        await cluster.Redis.StartAsync();
        await cluster.Together();
        await Waiting.Until(async () => await OnlineIn(cluster[1], bob) is 2);
    }

    [Fact]
    public async Task Installations_with_other_prefixes_share_a_Redis_without_hearing_each_other()
    {
        await using var cluster = await Cluster.Start(1);
        // The same database, so that only the prefix keeps the two apart, and the store tells later.
        var stranger = await cluster.Add(("Chat:Redis:ChannelPrefix", "other"));
        await Waiting.Until(() => Task.FromResult(Cluster.Backplane(stranger).IsHealthy));
        await using var ann = await cluster[0].Enter("Ann");
        await using var bob = await stranger.Enter("Bob");
        await ann.Call<Reply>("SendTyping", new SendTyping { RoomId = General });
        await ann.Send(General, "by the store");
        await bob.Hears<Message>(message => message.Text == "by the store");
        bob.Heard<TypingNotice>().Should().BeEmpty("what only Redis carries does not cross");
    }

    [Fact]
    public async Task Installations_that_share_a_Redis_by_mistake_do_not_hear_each_other()
    {
        await using var cluster = await Cluster.Start(2);
        var stranger = await cluster.Add(("Chat:Store:PostgreSql", await PostgreSqlForTests.NewDatabase()));
        await Waiting.Until(() => Task.FromResult(Cluster.Backplane(stranger).IsHealthy));
        await using var ann = await cluster[0].Enter("Ann");
        await using var near = await cluster[1].Enter("Near");
        await using var eve = await stranger.Enter("Eve");
        await ann.Call<Reply>("SendTyping", new SendTyping { RoomId = General });
        await near.Hears<TypingNotice>(notice => notice.UserId == ann.User.Id);
        // What went out before is told when this is: each node hears in order.
        await ann.Send(General, "not for strangers");
        await near.Hears<Message>(message => message.Text == "not for strangers");
        await eve.Send(General, "among ourselves");
        await eve.Hears<Message>(message => message.Text == "among ourselves");
        eve.Heard<TypingNotice>().Should().BeEmpty();
        eve.Heard<Message>().Should().NotContain(message => message.Text == "not for strangers");
        (await OnlineIn(stranger, eve)).Should().Be(1);
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 5)]
    public async Task Any_node_acts_on_a_user_anywhere(bool hasRedis, int seconds)
    {
        var within = TimeSpan.FromSeconds(seconds);
        await using var cluster = await Cluster.Start(2);
        await using var ann = await cluster[1].Enter("Ann");
        await using var bob = await cluster[1].Enter("Bob");
        var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        bob.Connection.Closed += _ =>
        {
            closed.TrySetResult();
            return Task.CompletedTask;
        };
        if (!hasRedis)
        {
            await cluster.Redis.KillAsync();
            await cluster.Apart();
        }
        var reach = Cluster.Reach(cluster[0]);

        await reach.Give(new Order { UserId = ann.User.Id, Notice = new Notice { Kind = NoticeKind.Announcement, Text = "to Ann" } });
        await ann.Hears<Notice>(notice => notice.Text == "to Ann", within);
        await reach.Give(new Order { ConnectionId = bob.Connection.ConnectionId, Notice = new Notice { Kind = NoticeKind.Announcement, Text = "to this device" } });
        await bob.Hears<Notice>(notice => notice.Text == "to this device", within);

        await reach.Give(new Order { UserId = ann.User.Id, LeaveRoomId = General });
        await Waiting.Until(async () => (await ann.Call<Reply>("SendTyping", new SendTyping { RoomId = General })).Error is { Code: ErrorCode.NotAMember }, within);

        await reach.Give(new Order { UserId = bob.User.Id, Close = CloseCode.SessionRevoked });
        await bob.Hears<Closing>(closing => closing is { Code: CloseCode.SessionRevoked, Reconnect: ReconnectAdvice.AfterSignIn }, within);
        await closed.Task.WaitAsync(TimeSpan.FromSeconds(5));
        ann.Heard<Notice>().Count(notice => notice.Text == "to Ann").Should().Be(1, "an order comes by two ways and is carried out once");
    }

    private static async Task Crosses(Guest speaker, Guest near, Guest far)
    {
        var message = await speaker.Send(General, $"crosses {Guid.NewGuid()}");
        await near.Hears<Message>(heard => heard.Version == message.Version, TimeSpan.FromSeconds(1));
        await far.Hears<Message>(heard => heard.Version == message.Version, TimeSpan.FromSeconds(3));
    }

    private static async Task<int> OnlineIn(ChatServer node, Guest asker) =>
        (await asker.Call<Reply<MemberPage>>("ListMembers", new ListMembers { RoomId = General })).Result!.OnlineCount;

    private static async Task<List<Message>> Flood(Guest guest, int count)
    {
        var sent = new List<Message>();
        for (var i = 0; i < count; i++) sent.Add(await guest.Send(General, $"{guest.User.Name} {i}"));
        return sent;
    }
}
