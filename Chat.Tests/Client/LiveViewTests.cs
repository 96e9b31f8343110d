using Chat.Client;
using Chat.Contracts;
using Chat.Tests.Hubs;
using Chat.Tests.Running;

namespace Chat.Tests.Client;

/// <summary>What a program shows and reads of a room, by the real client and server.</summary>
public sealed class LiveViewTests : IAsyncLifetime
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private Scene scene = null!;
    private ChatClient client = null!;

    private Guid RoomId => scene.RoomId;

    private ChatRoom Room => client.FindRoom(RoomId)!;

    public async Task InitializeAsync()
    {
        scene = await Scene.With(["Ann", "Bob"]);
        client = Device(scene[1]);
    }

    public async Task DisposeAsync()
    {
        await client.DisposeAsync();
        await scene.DisposeAsync();
    }

    [Fact]
    public async Task The_client_is_shown_with_its_rooms_by_title_and_what_is_unread_in_them()
    {
        var view = client.View;
        (view.Status.State, view.User, view.Rooms.Count).Should().Be((ChatState.Offline, null, 0));
        await client.StartAsync().WaitAsync(Limit);
        var direct = Scene.Result(await scene[0].Hub.OpenDirect(new OpenDirect { UserIds = [scene[1].User.Id] })).Mine.Room.RoomId;
        await scene[0].Send(direct, "psst @Bob");
        await scene.Say(0, "tea?");
        await Until(() => view is { Status.State: ChatState.Connected, Unread: 2, UnreadMentions: 1, User.Name: "Bob" });
        await Until(() => view.Rooms.Select(room => room.Title).SequenceEqual(["Ann", "general", "tea"]));

        Scene.Result(await scene[0].Hub.UpdateRoom(new UpdateRoom { RoomId = RoomId, Name = "a cup of tea" }));
        await Until(() => view.Rooms.Select(room => room.Title).SequenceEqual(["a cup of tea", "Ann", "general"]));
        Room.View.MarkRead();
        await Until(() => view.Unread is 1 && Room.View.Unread is 0);
    }

    [Fact]
    public async Task Older_messages_come_in_pages_without_a_hole_and_are_kept_up()
    {
        var said = new List<Message>();
        for (var i = 0; i < 130; i++) said.Add(await scene.Say(0, $"message {i}"));
        await client.StartAsync().WaitAsync(Limit);
        Room.Messages.Should().HaveCount(50);
        var pages = await Task.WhenAll(Room.LoadOlderAsync(40), Room.LoadOlderAsync(40)).WaitAsync(Limit);
        pages.Should().Equal(true, true);
        Room.Messages.Should().HaveCount(90, "two who ask at once wait for one page");
        Scene.Result(await scene[0].Hub.EditMessage(new EditMessage { RoomId = RoomId, Seq = said[45].Seq, Text = "edited" }));
        while (await Room.LoadOlderAsync().WaitAsync(Limit)) { }
        await Until(() => Room.Messages.Where(m => m.Kind is MessageKind.Text).Select(m => m.Text).SequenceEqual(Enumerable.Range(0, 130).Select(i => i is 45 ? "edited" : $"message {i}")));
        Room.Trim(10);
        Room.Messages.Should().HaveCount(10);
        Room.HasOlder.Should().BeTrue();
        await Room.Invoking(room => room.LoadOlderAsync(201)).Should().ThrowAsync<ArgumentOutOfRangeException>();
    }

    [Fact]
    public async Task A_thread_is_kept_current_while_it_is_open_over_drops_too()
    {
        var root = await scene.Say(0, "tea?");
        for (var i = 0; i < 60; i++) await InThread(root, $"answer {i}");
        await client.StartAsync().WaitAsync(Limit);
        var told = 0;
        using var thread = Room.OpenThread(root.Seq);
        thread.Changed += (_, _) => told++;
        await Until(() => thread is { IsLoaded: true, Root.Text: "tea?", Messages.Count: 50, HasOlder: true });
        (await thread.LoadOlderAsync().WaitAsync(Limit)).Should().BeFalse();

        var sent = thread.Send("mine");
        await Until(() => thread.Outgoing.Count is 0 && thread.Messages[^1].ClientMessageId == sent.Id);
        Room.Messages.Should().NotContain(message => message.Text == "mine");
        await client.StopAsync().WaitAsync(Limit);
        await InThread(root, "while away");
        Scene.Result(await scene[0].Hub.EditMessage(new EditMessage { RoomId = RoomId, Seq = root.Seq, Text = "coffee?" }));
        await client.StartAsync().WaitAsync(Limit);
        await Until(() => thread.Root!.Text == "coffee?" && thread.Messages[^1].Text == "while away");
        thread.Messages.Select(m => m.Text).Should().Equal([.. Enumerable.Range(0, 60).Select(i => $"answer {i}"), "mine", "while away"]);
        told.Should().BePositive();

        thread.Dispose();
        await InThread(root, "too late");
        await Until(() => Room.Messages.Single(m => m.Seq == root.Seq).ReplyCount is 63);
        thread.Messages.Should().HaveCount(62);
    }

    [Fact]
    public async Task Who_types_is_named_until_the_message_comes_or_the_connection_goes()
    {
        await client.StartAsync().WaitAsync(Limit);
        var view = Room.View;
        await scene[0].Hub.SendTyping(new SendTyping { RoomId = RoomId });
        await Until(() => view.Typing.SequenceEqual(["Ann"]));
        await scene.Say(0, "tea?");
        await Until(() => view.Typing.Count is 0);

        // The server takes one notice in 2 s.
        await Until(async () =>
        {
            await scene[0].Hub.SendTyping(new SendTyping { RoomId = RoomId });
            return Room.Typing.Count is 1;
        });
        await client.StopAsync().WaitAsync(Limit);
        Room.Typing.Should().BeEmpty();
        view.SendTyping();
        view.SendTyping(isTyping: false);
    }

    [Fact]
    public async Task Who_is_here_is_known_once_asked_for_and_stays_so_over_drops()
    {
        await client.StartAsync().WaitAsync(Limit);
        await Room.LoadPeopleAsync().WaitAsync(Limit);
        var view = Room.View;
        await Until(() => view.OnlineCount is 2 && view.Members.All(member => member.Status is PresenceStatus.Online));
        view.Members.Select(member => member.Name).Should().Equal("Ann", "Bob");
        Scene.Result(await scene[0].Hub.SetPresence(new SetPresence { Status = PresenceStatus.Away }));
        await Until(() => view.Members[0].Status is PresenceStatus.Away && Room.Presence[scene[0].User.Id].Status is PresenceStatus.Away);

        await client.StopAsync().WaitAsync(Limit);
        Scene.Result(await scene[0].Hub.SetPresence(new SetPresence { Status = PresenceStatus.DoNotDisturb }));
        await client.StartAsync().WaitAsync(Limit);
        await Until(() => view.Members[0].Status is PresenceStatus.DoNotDisturb);
    }

    [Fact]
    public async Task Messages_of_all_rooms_and_threads_come_once_also_those_that_were_missed()
    {
        await client.StartAsync().WaitAsync(Limit);
        var messages = client.MessagesAsync();
        var root = await scene.Say(0, "live");
        await InThread(root, "in a thread");
        await Until(() => Room.Head == root.Seq + 2);
        await client.StopAsync().WaitAsync(Limit);
        var missed = await scene.Say(0, "missed");
        Scene.Result(await scene[0].Hub.EditMessage(new EditMessage { RoomId = RoomId, Seq = missed.Seq, Text = "missed and edited" }));
        await client.StartAsync().WaitAsync(Limit);
        await client.SendMessageAsync(RoomId, "mine").WaitAsync(Limit);
        await client.DisposeAsync();

        var read = new List<string>();
        await foreach (var message in messages) read.Add(message.Text);
        read.Should().Equal("live", "in a thread", "missed and edited", "mine");
    }

    private ChatClient Device(Guest user) => new(new ChatClientOptions
    {
        Server = scene.Server.Address,
        AccessToken = _ => Task.FromResult<string?>(user.SignedIn.AccessToken),
    });

    private Task<Reply<Message>> InThread(Message root, string text) =>
        scene[0].Hub.SendMessage(new SendMessage { RoomId = RoomId, ClientMessageId = Guid.NewGuid(), Text = text, ThreadSeq = root.Seq });

    private static Task Until(Func<bool> condition) => Waiting.Until(() => Task.FromResult(condition()), Limit);

    private static Task Until(Func<Task<bool>> condition) => Waiting.Until(condition, Limit);
}
