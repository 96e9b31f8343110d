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
    private const string WholeReads = "select coalesce(sum(seq_scan), 0) from pg_stat_user_tables where relname in ('rooms', 'members', 'messages', 'users', 'mentions', 'message_edits', 'searched', 'audit', 'invite_links')";

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
        return chance.Next(14) switch
        {
            10 => new Raw(room, ledger => Said(ledger, chance) is { } posted ? posted with { PinnedAt = time, Reactions = [new Reaction { Emoji = "👍", UserIds = [who.UserId] }] } : null),
            11 => new Raw(room, ledger => Said(ledger, chance) is { } posted
                ? posted with { Text = $"again {chance.Next(50)} 你好", Mentions = Calls(chance), EditedAt = time, ReplyCount = 2, LastReplyAt = time }
                : null, posted => new Decision
                {
                    Past = posted is Message was ? new PastText(was.Seq, "before", time) : null,
                    Trail = Audit.Of(room, who, AuditAct.Pinned, time, detail: "x"),
                    Link = Link(room, who, chance, time),
                }),
            12 => new Raw(room, _ => new Room
            {
                RoomId = room,
                Kind = RoomKind.Public,
                Name = $"Other {chance.Next(100_000)}",
                Topic = $"Grüne {chance.Next(10)}",
                CreatedAt = StoreFixture.Now,
                DeletedAt = chance.Next(12) is 0 ? time : null,
                DeletedReason = chance.Next(2) is 0 ? "because" : null,
            }),
            13 => new Raw(room, ledger => new Message
            {
                RoomId = room,
                Id = id,
                Kind = MessageKind.Text,
                AuthorId = who.UserId,
                AuthorName = who.Name,
                ClientMessageId = id,
                Text = $"word{chance.Next(30)} 東京都",
                ThreadSeq = chance.Next(2) is 0 ? 3 : null,
                Mentions = Calls(chance),
                CreatedAt = StoreFixture.Now,
                ForwardedFrom = new MessageReference { RoomId = room, Seq = 1, AuthorName = "é" },
            }),
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
                State = (MemberState)chance.Next(1, 6),
                Reason = chance.Next(3) is 0 ? "why" : "",
                InvitedBy = chance.Next(3) is 0 ? people[0].UserId : null,
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

    private static Message? Said(RoomLedger ledger, Random chance)
    {
        var said = ledger.Messages.Values.OrderBy(message => message.Seq).ToList();
        return said.Count is 0 ? null : said[chance.Next(said.Count)];
    }

    private IReadOnlyList<Mention> Calls(Random chance) => chance.Next(3) switch
    {
        0 => [],
        1 => [new Mention { Name = "room" }],
        _ => [.. people.Where(_ => chance.Next(3) is 0).Select(who => new Mention { UserId = who.UserId, Name = who.Name })],
    };

    private static InviteLink Link(Guid room, Speaker who, Random chance, DateTimeOffset time) => new()
    {
        Id = new Guid(Bytes(chance)),
        RoomId = room,
        Code = "",
        CreatedBy = who.UserId,
        CreatedAt = time,
        ExpiresAt = time.AddMinutes(chance.Next(10_000)),
        MaxUses = chance.Next(2) is 0 ? 3 : null,
        Uses = chance.Next(4),
    };

    private IEnumerable<Func<IRoomStore, Task<object?>>> PageQuestions(Random chance)
    {
        foreach (var who in people)
        {
            yield return async store => await Pages(store).InvitationsOf(who.UserId, default);
            yield return async store =>
            {
                var (deleted, ended) = await Pages(store).WhyGone(who.UserId, rooms, default);
                return new { deleted, ended };
            };
            foreach (var word in (string[])["again", "word1", "東京", "好", "wor", "again 你好", "x"])
            {
                yield return async store => (await Found(store, word)).Select(hit => hit.Message);
                yield return async store => await Pages(store).Beside([.. (await Found(store, word)).Select(hit => hit.Message)], default) is var beside
                    ? beside.Select(pair => new { pair.Before, pair.After })
                    : null;
            }
            yield return async store => (await Pages(store).Search(who.UserId, new Search([], null, null, true, null, 9), default)).Select(hit => hit.Message);
            yield return async store => (await Pages(store).Search(who.UserId, new Search([], rooms[0], people[1].UserId, true, 40, 9), default)).Select(hit => hit.Message);

            Task<IReadOnlyList<Hit>> Found(IRoomStore store, string word) =>
                Pages(store).Search(who.UserId, new Search(SearchWords.Query(word).Beginnings, null, null, false, null, 50), default);
        }
        foreach (var room in rooms)
        {
            foreach (var who in people) yield return async store => await Pages(store).FindRoom(room, who.UserId, default);
            var time = StoreFixture.Now.AddMinutes(chance.Next(5_000));
            yield return async store => await Pages(store).ListLinks(room, time, default);
            yield return async store => (await Pages(store).ListAudit(new ListAudit { RoomId = room, Limit = 3 }, default)) is var page
                ? new { page.HasOlder, Entries = page.Entries.Select(entry => entry with { Id = 0 }) }
                : null;
            yield return async store => await Pages(store).ListPins(room, default);
            yield return async store => await Pages(store).ListReaders(room, 50, default);
            yield return async store => await Pages(store).ListReaders(room, 1, default);
            yield return async store => (await Pages(store).MembersNamed(room, ["ann", "éva", "李雷", "nobody", "\0"], default)).OrderBy(pair => pair.Key);
            foreach (var state in (MemberState[])[MemberState.Banned, MemberState.Invited])
                yield return async store => await store.ListMembers(new ListMembers { RoomId = room, State = state, Limit = 3, Search = "A" }, default);
            for (var seq = 1; seq < 40; seq += 5)
            {
                var place = new MessagePlace { RoomId = room, Seq = seq };
                yield return async store => await Pages(store).EditsOf(place, default);
                yield return async store => await Pages(store).FindMessage(place, default);
                yield return async store => await store.ReadHistory(new GetHistory { RoomId = room, ThreadSeq = 3, BeforeSeq = place.Seq, Limit = 4 }, default);
                yield return async store => await store.ReadHistory(new GetHistory { RoomId = room, ThreadSeq = 3, AroundSeq = place.Seq, Limit = 4 }, default);
            }
        }
    }

    private static IRoomPages Pages(IRoomStore store) => (IRoomPages)store;

    // Somebody who was away for a moment: each room a few versions ago.
    private static async Task<IReadOnlyList<RoomHead>> KnownBefore(IRoomStore store, Guid userId, int back) =>
        [.. (await store.ComingOf(userId, default)).Rooms.Select(room => room with { Head = Math.Max(1, room.Head - back) })];

    private IEnumerable<Func<IRoomStore, Task<object?>>> Questions(Random chance)
    {
        foreach (var question in PageQuestions(chance)) yield return question;
        foreach (var who in people)
        {
            yield return async store => (await store.ComingOf(who.UserId, default)).Rooms.OrderBy(head => head.RoomId);
            yield return async store => (await store.ComingOf(who.UserId, default)).Face;
            yield return async store => await store.Greet(who.UserId, rooms[0], default);
            var back = chance.Next(12);
            yield return async store => await store.Resume(who.UserId, Guid.Empty, store.Epoch, await KnownBefore(store, who.UserId, back), default);
            yield return async store => await store.Resume(who.UserId, Guid.Empty, store.Epoch, [.. rooms.Select((room, i) => new RoomHead { RoomId = room, Head = i * 12 })], default);
            yield return async store => await store.Resume(who.UserId, Guid.Empty, "another", [.. rooms.Select(room => new RoomHead { RoomId = room, Head = 5 })], default);
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
        var besides = new List<(Guid RoomId, Decision Decision)>();
        await Commit(sqlite.Store, ledger =>
        {
            foreach (var change in changes)
            {
                var room = ledger.Room(change.RoomId);
                if (room.Room is null) drafts.Add((change.RoomId, room.Append(Founded(change.RoomId))));
                if (change.Draft(room) is not { } draft) continue;
                drafts.Add((change.RoomId, room.Append(draft)));
                if (change.Beside?.Invoke(draft) is { } beside)
                {
                    room.Carry(beside);
                    besides.Add((change.RoomId, beside));
                }
            }
        });
        await Commit(postgres.Store, ledger =>
        {
            drafts.ForEach(draft => ledger.Room(draft.RoomId).Append(Fresh(draft.Record)));
            besides.ForEach(beside => ledger.Room(beside.RoomId).Carry(beside.Decision));
        });

        Task Commit(IRoomStore store, Action<Ledger> decide)
        {
            var needs = new Needs();
            foreach (var room in changes.Select(change => change.RoomId)) people.ToList().ForEach(who => needs.Members.Add((room, who.UserId)));
            needs.Rooms.UnionWith(changes.Select(change => change.RoomId));
            foreach (var room in needs.Rooms) needs.Messages.UnionWith(Enumerable.Range(1, 40).Select(seq => (room, (long)seq)));
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

    private sealed record Raw(Guid RoomId, Func<RoomLedger, RoomRecord?> Draft, Func<RoomRecord, Decision>? Beside = null);
}
