using System.Collections.Concurrent;
using Chat.Contracts;
using Chat.Hub.Rooms;
using Chat.Hub.Storage;
using Chat.Tests.Running;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Chat.Tests.Storage.PostgreSql;

/// <summary>The logs of whole nodes on one PostgreSQL.</summary>
public sealed class PostgreSqlLogTests
{
    private static readonly Speaker Ann = new(Guid.NewGuid(), "Ann", UserKind.Guest);

    [Fact]
    public async Task A_room_that_somebody_holds_does_not_stop_the_others()
    {
        using var folder = new TemporaryFolder();
        var database = await PostgreSqlForTests.NewDatabase();
        await using var server = await ChatServer.StartOnPostgreSql(folder, database);
        var log = Log(server);
        var (held, free) = (Guid.NewGuid(), Enumerable.Range(0, 3).Select(_ => Guid.NewGuid()).ToArray());
        foreach (var room in (Guid[])[held, .. free]) await Found(log, room);

        List<Task<Reply<Written>>> last;
        await using var source = NpgsqlDataSource.Create(database + ";Pooling=false");
        await using var connection = await source.OpenConnectionAsync();
        await using (var transaction = await connection.BeginTransactionAsync())
        {
            await using var hold = new NpgsqlCommand($"select from rooms where id = '{held}' for update", connection);
            await hold.ExecuteNonQueryAsync();
            var waits = Post(log, held, "waits");
            for (var i = 0; i < 3; i++)
            {
                var others = await Task.WhenAll(free.Select(room => Post(log, room, "goes on"))).WaitAsync(TimeSpan.FromSeconds(2));
                others.Should().OnlyContain(reply => reply.Error == null);
            }
            waits.IsCompleted.Should().BeFalse("it still waits, and the others did not");
            var follows = Post(log, held, "follows");
            (await waits).Error!.Code.Should().Be(ErrorCode.Unavailable);
            (await follows).Error!.Code.Should().Be(ErrorCode.Unavailable);
            log.IsHealthy.Should().BeTrue("one room is no reason to leave the node");
            last = Enumerable.Range(0, 20).Select(n => Post(log, held, $"{n}")).ToList();
        }
        var written = (await Task.WhenAll(last)).Select(reply => (Message)reply.Result!.Records[^1]).ToList();
        written.Select(message => message.Seq).Should().Equal(Enumerable.Range(4, 20).Select(seq => (long)seq), "what waited aside kept its order");
    }

    [Fact]
    public async Task A_crash_of_PostgreSQL_under_two_flooding_nodes_loses_and_doubles_nothing()
    {
        using var folder = new TemporaryFolder();
        await using var postgres = await PostgreSqlForTests.Start();
        await using var first = await ChatServer.StartOnPostgreSql(folder, postgres.Server.Connection());
        await using var second = await ChatServer.StartOnPostgreSql(folder, postgres.Server.Connection());
        first.Tolerate("The store is unavailable");
        second.Tolerate("The store is unavailable");
        var rooms = new[] { Guid.NewGuid(), Guid.NewGuid() };
        foreach (var room in rooms) await Found(Log(first), room);

        var (acknowledged, unknown) = (new ConcurrentDictionary<Guid, Message>(), new ConcurrentDictionary<Guid, byte>());
        using var over = new CancellationTokenSource();
        var senders = Enumerable.Range(0, 16).Select(n => Task.Run(() => Flood(Log(n % 2 == 0 ? first : second), rooms[n / 2 % 2])));
        var flood = Task.WhenAll(senders.ToList());
        for (var crash = 0; crash < 2; crash++)
        {
            var before = acknowledged.Count;
            await Waiting.Until(() => Task.FromResult(acknowledged.Count > before + 500), TimeSpan.FromSeconds(20));
            await postgres.Server.CrashAsync();
            await postgres.Server.StartAsync();
        }
        var after = acknowledged.Count;
        await Waiting.Until(() => Task.FromResult(acknowledged.Count > after + 500), TimeSpan.FromSeconds(20));
        await over.CancelAsync();
        await flood;

        unknown.Should().NotBeEmpty("it did crash in the middle");
        var store = second.App.Services.GetRequiredService<IRoomStore>();
        var stored = new List<Message>();
        foreach (var room in rooms)
        {
            var all = await store.ReadChanges(room, 0, int.MaxValue, default);
            all.Select(record => record.Version).Should().Equal(Enumerable.Range(1, all.Count).Select(version => (long)version));
            stored.AddRange(all.OfType<Message>().Where(message => message.ClientMessageId is not null));
        }
        stored.Select(message => message.ClientMessageId).Should().OnlyHaveUniqueItems();
        var byId = stored.ToDictionary(message => message.ClientMessageId!.Value);
        acknowledged.Should().OnlyContain(sent => byId[sent.Key] == sent.Value);
        byId.Keys.Should().OnlyContain(id => acknowledged.ContainsKey(id) || unknown.ContainsKey(id));

        async Task Flood(RoomLog log, Guid room)
        {
            while (!over.IsCancellationRequested)
            {
                var id = Guid.NewGuid();
                var reply = await Post(log, room, "flood", id);
                if (reply.Result is { } written) acknowledged[id] = (Message)written.Records[^1];
                else unknown[id] = 0;
            }
        }
    }

    private static RoomLog Log(ChatServer server) => server.App.Services.GetRequiredService<RoomLog>();

    private static async Task Found(RoomLog log, Guid room) =>
        (await log.Write(new FoundRoom(Ann, new CreateRoom { RoomId = room, Name = $"{room}" }), default)).Error.Should().BeNull();

    private static Task<Reply<Written>> Post(RoomLog log, Guid room, string text, Guid? id = null) =>
        log.Write(new PostMessage(Ann, new SendMessage { RoomId = room, ClientMessageId = id ?? Guid.NewGuid(), Text = text }), default);
}
