using System.Text.Json;
using Chat.Contracts;
using Chat.Contracts.Wire;
using Chat.Hub.Rooms;
using Chat.Hub.Storage;
using Chat.Tests.Running;
using Chat.Tests.Storage.PostgreSql;
using Chat.Tests.Storage.Sqlite;
using Npgsql;

namespace Chat.Tests.Storage;

/// <summary>The same changes in both stores, then the same questions: every answer must be the same, byte for byte.</summary>
public sealed class StoresAgreeTests : IAsyncLifetime
{
    private const string WholeReads = "select coalesce(sum(seq_scan), 0) from pg_stat_user_tables where relname in ('rooms', 'members', 'messages', 'users')";

    private readonly SqliteFixture sqlite = new();
    private readonly PostgreSqlFixture postgres = new();
    private readonly Guid[] rooms = [.. Enumerable.Range(0, 5).Select(_ => Guid.NewGuid())];
    private readonly Speaker[] people = [.. "Ann,bob,Éva,zoë,李雷,Žan,_x".Split(',').Select(name => new Speaker(Guid.NewGuid(), name, UserKind.Guest))];

    public Task InitializeAsync() => Task.WhenAll(sqlite.Open(), postgres.Open());

    public async Task DisposeAsync()
    {
        await sqlite.Close();
        await postgres.Close();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Both_stores_answer_the_same_to_everything(int seed)
    {
        var chance = new Random(seed);
        for (var commit = 0; commit < 60; commit++) await WriteBoth([.. Enumerable.Range(0, chance.Next(1, 8)).Select(_ => Any(chance))]);
        var asked = 0;
        foreach (var question in Questions(chance))
        {
            var (first, second) = (await Answer(sqlite.Store, question), await Answer(postgres.Store, question));
            second.Should().Be(first);
            asked++;
        }
        asked.Should().BeGreaterThan(300);
    }

    [Fact]
    public async Task PostgreSQL_answers_no_question_by_reading_a_whole_table()
    {
        var chance = new Random(4);
        await using var source = NpgsqlDataSource.Create(postgres.Database + ";Pooling=false");
        var before = await source.CreateCommand(WholeReads).ExecuteScalarAsync();
        for (var commit = 0; commit < 30; commit++) await WriteBoth([Any(chance), Any(chance)]);
        foreach (var question in Questions(chance)) await Answer(postgres.Store, question);
        await postgres.Close();
        // What a session counted is there when it has ended; a read of the whole must show, or this looks at nothing.
        await postgres.Run("set enable_indexscan = off; set enable_bitmapscan = off; set enable_indexonlyscan = off; select count(*) from rooms");
        await Waiting.Until(async () => (decimal)(await source.CreateCommand(WholeReads).ExecuteScalarAsync())! == (decimal)before! + 1);
    }

    /// <summary>Records as the rules make them, and some that only later rules will: edits, removals, bans, new names.</summary>
    private Raw Any(Random chance)
    {
        var (room, who) = (rooms[chance.Next(rooms.Length)], people[chance.Next(people.Length)]);
        var time = StoreFixture.Now.AddMinutes(chance.Next(10_000));
        var id = new Guid(Bytes(chance));
        return chance.Next(10) switch
        {
            0 => new Raw(room, _ => new Room
            {
                RoomId = room,
                Kind = (RoomKind)chance.Next(1, 4),
                Name = $"Room {chance.Next(100_000)} é",
                Topic = "t",
                CreatedBy = who.UserId,
                CreatedAt = StoreFixture.Now,
                SeatLimit = chance.Next(2) is 0 ? null : 9,
                IsTemporary = chance.Next(2) is 0,
                ArchivedAt = chance.Next(2) is 0 ? null : time,
            }),
            1 or 2 or 3 => new Raw(room, _ => new Member
            {
                RoomId = room,
                UserId = who.UserId,
                Name = who.Name,
                UserKind = who.Kind,
                Role = MemberRole.Member,
                State = (MemberState)chance.Next(1, 4),
                JoinedAt = StoreFixture.Now,
                LeftAt = chance.Next(2) is 0 ? null : time,
                BannedUntil = chance.Next(3) is 0 ? time : null,
                MutedUntil = null,
            }),
            4 => new Raw(room, ledger => ledger.Written.OfType<Message>().LastOrDefault() is { } posted
                ? posted with { Text = $"edited {time}", EditedAt = time, DeletedAt = chance.Next(2) is 0 ? time : null }
                : null),
            _ => new Raw(room, _ => new Message
            {
                RoomId = room,
                Id = id,
                Kind = chance.Next(8) is 0 ? MessageKind.System : MessageKind.Text,
                AuthorId = who.UserId,
                AuthorName = who.Name,
                ClientMessageId = id,
                Text = new string('x', chance.Next(1, 6_000)),
                ReplyToSeq = chance.Next(4) is 0 ? 3 : null,
                CreatedAt = StoreFixture.Now,
                System = chance.Next(8) is 0 ? new SystemEvent { Kind = SystemEventKind.Joined, ActorName = who.Name } : null,
            }),
        };
    }

    private IEnumerable<Func<IRoomStore, Task<object?>>> Questions(Random chance)
    {
        foreach (var who in people)
        {
            yield return async store => (await store.RoomsOf(who.UserId, default)).OrderBy(head => head.RoomId);
            yield return async store => await store.Resume(who.UserId, store.Epoch, [.. rooms.Select((room, i) => new RoomHead { RoomId = room, Head = i * 12 })], default);
            yield return async store => await store.Resume(who.UserId, "another", [.. rooms.Select(room => new RoomHead { RoomId = room, Head = 5 })], default);
            foreach (var limit in (int?[])[null, 1, 2])
            {
                yield return async store => await store.ListRooms(who.UserId, new ListRooms { Limit = limit, Search = limit is 2 ? "É" : null }, default);
                yield return async store => await store.ListRooms(who.UserId, new ListRooms { Limit = limit, After = (await store.ListRooms(who.UserId, new ListRooms { Limit = 1 }, default)).Next }, default);
            }
        }
        foreach (var room in rooms)
        {
            foreach (var who in people)
            {
                yield return async store => await store.FindMember(room, who.UserId, default);
                yield return async store => await store.Enter(room, who.UserId, default);
                var seq = chance.Next(40);
                yield return async store => await store.MarkRead(who.UserId, new MarkRead { RoomId = room, Seq = seq }, default);
                yield return async store => await store.Enter(room, who.UserId, default);
            }
            for (var version = 0; version < 40; version += 3)
            {
                var from = version;
                yield return async store => await store.Sync(new SyncRoom { RoomId = room, Version = from, Epoch = store.Epoch }, default);
                yield return async store => (await store.ReadChanges(room, from, 7, default)).Cast<object>();
                yield return async store => await store.ReadHistory(new GetHistory { RoomId = room, BeforeSeq = from, Limit = 5 }, default);
                yield return async store => await store.ReadHistory(new GetHistory { RoomId = room, AfterSeq = from, Limit = 200 }, default);
                yield return async store => await store.ReadHistory(new GetHistory { RoomId = room, AroundSeq = from, Limit = 1 + (from % 6) }, default);
            }
            yield return async store => await store.ListMembers(new ListMembers { RoomId = room, Limit = 2 }, default);
            yield return async store => await store.ListMembers(new ListMembers { RoomId = room, After = (await store.ListMembers(new ListMembers { RoomId = room, Limit = 1 }, default)).Next }, default);
        }
    }

    private static async Task<string> Answer(IRoomStore store, Func<IRoomStore, Task<object?>> question)
    {
        var answer = await question(store);
        return JsonSerializer.Serialize(answer, answer?.GetType() ?? typeof(object), ChatJson.Options).Replace(store.Epoch, "epoch", StringComparison.Ordinal);
    }

    private async Task WriteBoth(Raw[] changes)
    {
        var drafts = new List<(Guid RoomId, RoomRecord Record)>();
        await Commit(sqlite.Store, ledger =>
        {
            foreach (var change in changes)
            {
                var room = ledger.Room(change.RoomId);
                if (room.Room is null) drafts.Add((change.RoomId, room.Append(Founded(change.RoomId))));
                if (change.Draft(room) is { } draft) drafts.Add((change.RoomId, room.Append(draft)));
            }
        });
        await Commit(postgres.Store, ledger => drafts.ForEach(draft => ledger.Room(draft.RoomId).Append(Fresh(draft.Record))));

        Task Commit(IRoomStore store, Action<Ledger> decide)
        {
            var needs = new Needs();
            foreach (var room in changes.Select(change => change.RoomId)) people.ToList().ForEach(who => needs.Members.Add((room, who.UserId)));
            needs.Rooms.UnionWith(changes.Select(change => change.RoomId));
            return store.Commit(needs, decide);
        }
    }

    // As it was before it got its numbers.
    private static RoomRecord Fresh(RoomRecord record) =>
        record is Message { Version: var version, Seq: var seq } message && version == seq ? message with { Seq = 0 } : record;

    private static Room Founded(Guid id) => new() { RoomId = id, Kind = RoomKind.Public, Name = $"First {id}", CreatedAt = StoreFixture.Now };

    private static byte[] Bytes(Random chance)
    {
        var bytes = new byte[16];
        chance.NextBytes(bytes);
        return bytes;
    }

    private sealed record Raw(Guid RoomId, Func<RoomLedger, RoomRecord?> Draft);
}
