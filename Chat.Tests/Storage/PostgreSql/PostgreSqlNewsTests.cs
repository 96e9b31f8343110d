using System.Collections.Concurrent;
using Chat.Contracts;
using Chat.Hub.Rooms;
using Chat.Hub.Storage;
using Chat.Hub.Storage.PostgreSql;
using Chat.Tests.Running;
using Npgsql;

namespace Chat.Tests.Storage.PostgreSql;

public sealed class PostgreSqlNewsTests : IAsyncLifetime
{
    private readonly PostgreSqlFixture fixture = new();
    private PostgreSqlNews news = null!;

    public async Task InitializeAsync()
    {
        await fixture.Open();
        news = new PostgreSqlNews(fixture.Sessions());
    }

    public Task DisposeAsync() => fixture.Close();

    [Fact]
    public async Task The_first_look_tells_nothing_and_the_next_what_came_after_it()
    {
        await fixture.FoundRoom();
        var first = await news.Read(null, default);
        first.Should().Match<StoreNews>(told => told.Rooms.Count == 0 && told.Members.Count == 0 && told.Orders.Count == 0);
        first.Now.Should().BeCloseTo(DateTimeOffset.UtcNow, TimeSpan.FromMinutes(1));

        await fixture.Post("hello");
        var bob = new Speaker(Guid.NewGuid(), "Bob", UserKind.Guest);
        await fixture.Write(new EnterRoom(bob, fixture.RoomId));
        var id = Guid.NewGuid();
        await news.Give(id, "close 1", default);
        await news.Give(id, "close 1", default);
        await news.Give(Guid.NewGuid(), "close 2", default);
        var second = await news.Read(first.Mark, default);
        second.Rooms.Should().Equal(new RoomHead { RoomId = fixture.RoomId, Head = 6 });
        second.Members.Should().Contain(member => member.UserId == bob.UserId && member.Version == 5);
        second.Orders.Should().Equal("close 1", "close 2");
        await Waiting.Until(() => IsQuiet(found => found.Orders.Count is 0));
    }

    [Fact]
    public async Task A_read_marker_is_no_news()
    {
        await fixture.FoundRoom();
        await fixture.Post("hello");
        var mark = "";
        await Waiting.Until(async () => (await news.Read(mark = (await news.Read(null, default)).Mark, default)).Members.Count is 0);
        await fixture.Store.MarkRead(fixture.Ann.UserId, new MarkRead { RoomId = fixture.RoomId, Seq = 4 }, default);
        (await news.Read(mark, default)).Members.Should().BeEmpty();
        await fixture.Write(new QuitRoom(fixture.Ann, fixture.RoomId));
        (await news.Read(mark, default)).Members.Should().ContainSingle();
    }

    [Fact]
    public async Task Orders_are_kept_for_ten_minutes()
    {
        var mark = (await news.Read(null, default)).Mark;
        await news.Give(Guid.NewGuid(), "old", default);
        await fixture.Run("update orders set created_at = created_at - interval '11 minutes'");
        await news.Give(Guid.NewGuid(), "new", default);
        (await news.Read(mark, default)).Orders.Should().Equal("new");
    }

    [Fact]
    public async Task Every_change_is_told_in_whatever_order_they_commit()
    {
        var told = new ConcurrentDictionary<string, byte>();
        var heads = new ConcurrentDictionary<Guid, long>();
        using var over = new CancellationTokenSource();
        var reading = Task.Run(async () =>
        {
            for (string? mark = null; ;)
            {
                var isLast = over.IsCancellationRequested;
                var found = await news.Read(mark, default);
                mark = found.Mark;
                foreach (var order in found.Orders) told[order] = 0;
                foreach (var room in found.Rooms) heads[room.RoomId] = room.Head;
                if (isLast) return;
            }
        });
        var rooms = Enumerable.Range(0, 8).Select(_ => Guid.NewGuid()).ToArray();
        await Task.WhenAll(rooms.Select(Write));
        await over.CancelAsync();
        await reading;

        told.Keys.Should().BeEquivalentTo(rooms.SelectMany(room => Enumerable.Range(0, 60).Select(i => $"{room} {i}")));
        heads.Should().BeEquivalentTo((await fixture.Store.ComingOf(fixture.Ann.UserId, default)).Rooms.ToDictionary(head => head.RoomId, head => head.Head));
    }

    [Fact]
    public async Task What_came_with_a_backup_of_another_cluster_is_not_news_for_ever()
    {
        await fixture.FoundRoom();
        await news.Give(Guid.NewGuid(), "from another life", default);
        // As restored from a cluster that had counted further.
        await fixture.Run("update rooms set changed = '9000000000000'; update members set changed = '9000000000000'; update orders set changed = '9000000000000'");
        for (var i = 0; i < 3; i++) (await IsQuiet(found => found.Rooms.Count is 0)).Should().BeFalse();
        await fixture.Open("monday");
        await Waiting.Until(() => IsQuiet(found => found.Rooms.Count is 0 && found.Members.Count is 0 && found.Orders.Count is 0));
    }

    /// <summary>Whether a look from a new mark finds nothing. Transactions of other databases hold marks back as well.</summary>
    private async Task<bool> IsQuiet(Func<StoreNews, bool> isEmpty) =>
        isEmpty(await news.Read((await news.Read(null, default)).Mark, default));

    /// <summary>A commit of the store, and an order whose transaction takes its number long before it ends, in turns.</summary>
    private async Task Write(Guid room)
    {
        var store = await fixture.AddNode();
        await StoreFixture.Write(store, new FoundRoom(fixture.Ann, new CreateRoom { RoomId = room, Name = $"{room}" }));
        await using var source = NpgsqlDataSource.Create(fixture.Database);
        for (var i = 0; i < 60; i++)
        {
            await using var connection = await source.OpenConnectionAsync();
            await using var transaction = await connection.BeginTransactionAsync();
            await using var order = new NpgsqlCommand($"insert into orders (id, body) values ('{Guid.NewGuid()}', '{room} {i}'); select pg_sleep({i % 5} * 0.01 * random())", connection);
            await order.ExecuteNonQueryAsync();
            var post = new PostMessage(fixture.Ann, new SendMessage { RoomId = room, ClientMessageId = Guid.NewGuid(), Text = $"{i}" });
            await Task.WhenAll(StoreFixture.Write(store, post), transaction.CommitAsync());
        }
    }
}
