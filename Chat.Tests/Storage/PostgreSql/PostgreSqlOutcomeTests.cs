using Chat.Contracts;
using Chat.Hub.Rooms;
using Chat.Hub.Storage;
using Chat.Hub.Storage.PostgreSql;
using Chat.Tests.Running;

namespace Chat.Tests.Storage.PostgreSql;

/// <summary>A connection that ends at the worst moment.</summary>
public sealed class PostgreSqlOutcomeTests : IAsyncLifetime
{
    private readonly PostgreSqlFixture fixture = new();

    public async Task InitializeAsync()
    {
        await fixture.Open();
        await fixture.FoundRoom();
    }

    public Task DisposeAsync() => fixture.Close();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_commit_whose_end_is_unknown_is_never_repeated_and_the_clients_repeat_is_one_message(bool isPassedOn)
    {
        using var proxy = new CuttingProxy(fixture.Database);
        var node = await fixture.AddNode(connection: proxy.Connection);
        var post = fixture.PostOf("once");
        // Its end is part of it: a connection is opened with "read committed".
        proxy.CutAt("commit\0", isPassedOn);

        var (tries, commit) = Counted(node, post);
        await commit.Should().ThrowAsync<StoreUnavailableException>();
        (proxy.Cuts, tries()).Should().Be((1, 1));
        if (isPassedOn) await Waiting.Until(async () => (await fixture.Sync(3)).Messages.Count is 1);
        else (await fixture.Sync(3)).Messages.Should().BeEmpty();

        (await StoreFixture.Write(node, post)).Should().BeNull();
        (await fixture.Sync(3)).Should().Match<RoomSync>(sync => sync.Head == 4 && sync.Messages.Count == 1);
    }

    [Theory]
    [InlineData("for update", true)]
    [InlineData("for update", false)]
    [InlineData("begin", false)]
    public async Task A_connection_that_ends_before_the_commit_costs_nobody_an_error(string statement, bool isPassedOn)
    {
        using var proxy = new CuttingProxy(fixture.Database);
        var node = await fixture.AddNode(connection: proxy.Connection);
        proxy.CutAt(statement, isPassedOn);
        var (tries, commit) = Counted(node, fixture.PostOf("once"));
        await commit();
        (proxy.Cuts, tries()).Should().Be((1, 1));
        (await fixture.Sync(3)).Messages.Should().ContainSingle();
    }

    [Fact]
    public async Task A_read_whose_connection_ends_is_asked_again()
    {
        using var proxy = new CuttingProxy(fixture.Database);
        var node = await fixture.AddNode(connection: proxy.Connection);
        proxy.CutAt("from messages", isPassedOn: true);
        (await node.ReadHistory(new GetHistory { RoomId = fixture.RoomId }, default)).Messages.Should().ContainSingle();
        proxy.Cuts.Should().Be(1);
    }

    [Fact]
    public async Task A_restart_of_PostgreSQL_costs_nobody_an_error()
    {
        await using var postgres = await PostgreSqlForTests.Start();
        var node = await fixture.AddNode(connection: postgres.Server.Connection());
        // Several connections of each pool, all of them broken by the restart.
        async Task UseAll()
        {
            await StoreFixture.Write(node, fixture.PostOf("any"));
            await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => node.Probe(default)));
            await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => node.ComingOf(fixture.Ann.UserId, default)));
            await node.AddUser(new User { Id = Guid.NewGuid(), Name = $"{Guid.NewGuid():N}", Kind = UserKind.Guest, CreatedAt = StoreFixture.Now }, null, null, default);
        }
        await UseAll();
        await postgres.Server.StopAsync();
        await node.Invoking(store => store.Probe(default)).Should().ThrowAsync<StoreUnavailableException>();
        await node.Invoking(store => store.ComingOf(Guid.Empty, default)).Should().ThrowAsync<StoreUnavailableException>();
        await postgres.Server.StartAsync();
        await UseAll();
    }

    [Fact]
    public async Task A_database_that_takes_no_writes_is_away_for_writers_and_there_for_readers()
    {
        var node = await fixture.AddNode();
        await node.Probe(default);
        await fixture.Run($"alter database \"{new Npgsql.NpgsqlConnectionStringBuilder(fixture.Database).Database}\" set default_transaction_read_only = on");
        var later = new PostgreSqlStore(fixture.Sessions());
        await later.Invoking(store => store.Probe(default)).Should().ThrowAsync<StoreUnavailableException>().WithMessage("*read-only*");
        await later.Invoking(store => StoreFixture.Write(store, fixture.PostOf("no"))).Should().ThrowAsync<StoreUnavailableException>();
        (await later.ComingOf(fixture.Ann.UserId, default)).Rooms.Should().ContainSingle();
    }

    [Fact]
    public async Task Two_sends_that_break_the_one_rule_of_the_table_are_not_taken_for_an_absence()
    {
        await fixture.Run("alter table messages add constraint no_bombs check (text <> 'bomb')");
        var write = () => fixture.Post("bomb");
        await write.Should().ThrowAsync<Npgsql.PostgresException>();
        (await fixture.Post("no harm")).Should().BeNull();
        (await fixture.Sync(3)).Should().Match<RoomSync>(sync => sync.Head == 4 && sync.Messages.Count == 1);
    }

    private static (Func<int> Tries, Func<Task> Commit) Counted(PostgreSqlStore node, PostMessage post)
    {
        var (needs, tries) = (new Needs(), 0);
        post.Tell(needs);
        return (() => tries, () => node.Commit(needs, ledger =>
        {
            tries++;
            StoreFixture.Decide(post, ledger);
        }));
    }
}
