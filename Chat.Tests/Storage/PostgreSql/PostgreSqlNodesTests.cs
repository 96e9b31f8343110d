using Chat.Contracts;
using Chat.Hub.Rooms;
using Chat.Hub.Storage;
using Chat.Hub.Storage.PostgreSql;
using Chat.Tests.Running;

namespace Chat.Tests.Storage.PostgreSql;

/// <summary>Several nodes on one database.</summary>
public sealed class PostgreSqlNodesTests : IAsyncLifetime
{
    private readonly PostgreSqlFixture fixture = new();
    private PostgreSqlStore other = null!;

    private IRoomStore[] Nodes => [fixture.Store, other];

    public async Task InitializeAsync()
    {
        await fixture.Open();
        other = await fixture.AddNode();
    }

    public Task DisposeAsync() => fixture.Close();

    [Fact]
    public async Task Two_nodes_that_write_to_one_room_make_one_order_without_gap_or_double()
    {
        await fixture.FoundRoom();
        var writers = Nodes.SelectMany(node => Enumerable.Range(0, 4).Select(_ => node)).Select(async node =>
        {
            for (var i = 0; i < 40; i++)
                (await StoreFixture.Write(node, [.. Enumerable.Range(0, 1 + (i % 4)).Select(n => fixture.PostOf($"{n}"))])).Should().BeNull();
        });
        await Task.WhenAll(writers);
        var page = await fixture.Store.ReadChanges(fixture.RoomId, 3, 10_000, default);
        page.Select(record => record.Version).Should().Equal(Enumerable.Range(4, 8 * 100).Select(version => (long)version));
        page.OfType<Message>().Select(message => message.ClientMessageId).Should().OnlyHaveUniqueItems();
        (await other.ReadChanges(fixture.RoomId, 3, 10_000, default)).Should().Equal(page);
    }

    [Fact]
    public async Task Nodes_that_write_to_the_same_rooms_in_any_order_never_wait_for_each_other_for_ever()
    {
        var rooms = Enumerable.Range(0, 6).Select(_ => Guid.NewGuid()).ToArray();
        foreach (var room in rooms) await fixture.Write(new FoundRoom(fixture.Ann, new CreateRoom { RoomId = room, Name = $"{room}" }));
        var held = 0;
        var writers = Nodes.SelectMany(node => Enumerable.Range(0, 4).Select(_ => node)).Select(async (node, n) =>
        {
            for (var i = 0; i < 30; i++)
            {
                var posts = Random.Shared.GetItems(rooms, 4).Select(room =>
                    new PostMessage(fixture.Ann, new SendMessage { RoomId = room, ClientMessageId = Guid.NewGuid(), Text = $"{n}.{i}" })).ToArray();
                (await Write(node, posts)).Should().BeNull();
            }
        });
        await Task.WhenAll(writers).WaitAsync(TimeSpan.FromSeconds(30));
        var heads = (await fixture.Store.ComingOf(fixture.Ann.UserId, default)).Rooms;
        heads.Sum(head => head.Head - 3).Should().Be(8 * 30 * 4);
        held.Should().BeLessThan(10, "locks that are taken in another order wait for each other all the time");

        // A disk that stands still for half a second holds a room too: the log tries again then, as here.
        async Task<Error?> Write(IRoomStore node, PostMessage[] posts)
        {
            while (true)
            {
                try
                {
                    return await StoreFixture.Write(node, posts);
                }
                catch (RoomsLockedException)
                {
                    Interlocked.Increment(ref held);
                }
            }
        }
    }

    [Fact]
    public async Task One_client_id_through_two_nodes_at_once_is_one_message()
    {
        await fixture.FoundRoom();
        var second = Guid.NewGuid();
        await fixture.Write(new FoundRoom(fixture.Ann, new CreateRoom { RoomId = second, Name = "coffee" }));
        for (var i = 0; i < 25; i++)
        {
            var post = fixture.PostOf($"same {i}");
            (await Task.WhenAll(Nodes.Select(node => StoreFixture.Write(node, post)))).Should().OnlyContain(error => error == null);

            var here = fixture.PostOf($"either {i}");
            var there = here with { RoomId = second, Request = here.Request with { RoomId = second } };
            var answers = await Task.WhenAll(StoreFixture.Write(Nodes[0], here), StoreFixture.Write(Nodes[1], there));
            answers.Where(error => error is not null).Should().ContainSingle().Which!.Code.Should().Be(ErrorCode.Conflict);
        }
        var heads = (await fixture.Store.ComingOf(fixture.Ann.UserId, default)).Rooms;
        heads.Sum(head => head.Head - 3).Should().Be(50);
    }

    [Fact]
    public async Task One_of_two_nodes_that_make_the_same_room_name_at_once_wins()
    {
        for (var i = 0; i < 25; i++)
        {
            var answers = await Task.WhenAll(Nodes.Select(node =>
                StoreFixture.Write(node, new FoundRoom(fixture.Ann, new CreateRoom { RoomId = Guid.NewGuid(), Name = $"Room {i}" }))));
            answers.Where(error => error is not null).Should().ContainSingle().Which!.Code.Should().Be(ErrorCode.NameTaken);
        }
    }

    [Fact]
    public async Task One_room_made_twice_at_once_is_one_room_and_both_succeed()
    {
        for (var i = 0; i < 25; i++)
        {
            var found = new FoundRoom(fixture.Ann, new CreateRoom { RoomId = Guid.NewGuid(), Name = "alone", Kind = RoomKind.Private });
            (await Task.WhenAll(Nodes.Select(node => StoreFixture.Write(node, found)))).Should().OnlyContain(error => error == null);
        }
        (await fixture.Store.ComingOf(fixture.Ann.UserId, default)).Rooms.Should().HaveCount(25).And.OnlyContain(head => head.Head == 3);
    }

    [Fact]
    public async Task Two_first_accounts_at_once_make_one_administrator()
    {
        User NewUser(string name) => new() { Id = Guid.NewGuid(), Name = name, Kind = UserKind.Account, CreatedAt = StoreFixture.Now };
        for (var round = 0; round < 20; round++)
        {
            await fixture.Run("delete from users");
            var added = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => Nodes[i % 2].AddUser(NewUser($"User {i}"), "hash", null, default))));
            added.Count(user => user!.IsAdministrator).Should().Be(1);
        }
    }

    [Fact]
    public async Task Three_nodes_that_start_at_once_on_an_empty_database_agree_on_one_epoch()
    {
        var database = await PostgreSqlForTests.NewDatabase();
        var nodes = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() => fixture.AddNode(connection: database))));
        nodes.Select(node => node.Epoch).Distinct().Should().ContainSingle();
        var again = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() => fixture.AddNode("monday", database))));
        again.Select(node => node.Epoch).Distinct().Should().ContainSingle().Which.Should().NotBe(nodes[0].Epoch);
    }

    [Fact]
    public async Task A_node_that_freezes_in_a_commit_holds_its_room_for_two_seconds_at_most_and_writes_once_when_it_thaws()
    {
        await fixture.FoundRoom();
        var entered = new TaskCompletionSource();
        using var thaw = new ManualResetEventSlim();
        var looks = 0;
        var post = fixture.PostOf("from the frozen");
        var needs = new Needs();
        post.Tell(needs);
        var frozen = Task.Run(() => other.Commit(needs, ledger =>
        {
            looks++;
            entered.TrySetResult();
            thaw.Wait(TimeSpan.FromSeconds(20));
            StoreFixture.Decide(post, ledger);
        }));
        await entered.Task;
        var living = fixture.PostOf("from the living");
        await fixture.Invoking(store => store.Write(living)).Should().ThrowAsync<RoomsLockedException>("nobody waits long for it");
        await Waiting.Until(async () =>
        {
            try
            {
                return await fixture.Write(living) is null;
            }
            catch (RoomsLockedException)
            {
                return false;
            }
        }, TimeSpan.FromSeconds(3));
        thaw.Set();
        await frozen;
        looks.Should().Be(2, "what it had seen was no longer true");
        (await fixture.Sync(3)).Messages.Select(message => message.Text).Should().Equal("from the living", "from the frozen");
    }
}
