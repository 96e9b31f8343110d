using Chat.Client;
using Chat.Client.Events;
using Chat.Client.Rooms;
using Chat.Contracts;
using Chat.Hub.Rooms;
using Chat.Hub.Storage;
using Chat.Hub.Storage.Sqlite;
using Chat.Tests.Running;
using Microsoft.Extensions.Logging.Abstractions;
using RoomChange = Chat.Hub.Rooms.RoomChange;

namespace Chat.Tests.Client;

/// <summary>
/// Random lives of a room by the real rules in a real store, seen by four clients of one user: one that is there, one that
/// is away meanwhile, one that misses exactly one event, and one that comes at the end. All must see the same.
/// </summary>
public sealed class MissedChangesTests : IAsyncDisposable
{
    private const int Histories = 200;
    private const int Changes = 24;

    private readonly TemporaryFolder folder = new();
    private readonly SqliteStore store;

    public MissedChangesTests() => store = new SqliteStore(folder.File("chat.db"), new StoreOptions { Durability = Durability.ProcessCrash }, NullLogger<SqliteStore>.Instance);

    public async ValueTask DisposeAsync()
    {
        store.Dispose();
        folder.Dispose();
        await Task.CompletedTask;
    }

    /// <summary>What the third client misses.</summary>
    public enum Missed
    {
        Edit,
        Delete,
        React,
        MemberChange,
        RoomChange,
        Pin,
        ThreadReply,
    }

    [Theory]
    [InlineData(Missed.Edit)]
    [InlineData(Missed.Delete)]
    [InlineData(Missed.React)]
    [InlineData(Missed.MemberChange)]
    [InlineData(Missed.RoomChange)]
    [InlineData(Missed.Pin)]
    [InlineData(Missed.ThreadReply)]
    public async Task Whoever_was_away_or_missed_one_event_sees_in_the_end_what_whoever_was_there_sees(Missed missed)
    {
        var first = Environment.TickCount;
        var met = 0;
        for (var seed = first; seed < first + Histories; seed++)
        {
            await using var life = new Life(store, new Random(seed), missed);
            await life.Run(Changes);
            var there = life.There.Picture();
            life.Away.Picture().Should().Be(there, "seed {0}: it was away", seed);
            life.Deaf.Picture().Should().Be(there, "seed {0}: it missed {1} {2}", seed, missed, life.Lost);
            life.Late.Picture().Should().Be(there, "seed {0}: it came at the end", seed);
            if (life.Lost is not null) met++;
        }
        met.Should().BeGreaterThan(Histories * 9 / 10, "else this looks at nothing");
    }

    private sealed class Life(SqliteStore store, Random chance, Missed missed) : IAsyncDisposable
    {
        private static readonly string[] Emojis = ["👍", "🎉", "❤️"];
        private readonly Speaker[] people = [.. "Ann,Bob,Cid,Dan".Split(',').Select(name => new Speaker(Guid.NewGuid(), name, UserKind.Guest))];
        private readonly Guid roomId = Guid.NewGuid();
        private DateTimeOffset now = DateTimeOffset.Parse("2026-01-31T12:00:00Z", null);
        private int left;
        private int lossAt;

        private Speaker Ann => people[0];

        /// <summary>Whose clients these are: always a member.</summary>
        private Speaker Bob => people[1];

        public Device There { get; private set; } = null!;

        public Device Away { get; private set; } = null!;

        public Device Deaf { get; private set; } = null!;

        public Device Late { get; private set; } = null!;

        /// <summary>The version that the deaf one did not hear.</summary>
        public long? Lost { get; private set; }

        public async Task Run(int changes)
        {
            await Write(new FoundRoom(Ann, new CreateRoom { RoomId = roomId, Name = $"room {roomId:N}" }));
            foreach (var who in people[1..]) await Write(new EnterRoom(who, roomId));
            (There, Away, Deaf) = (new Device(store, Bob), new Device(store, Bob), new Device(store, Bob));
            foreach (var device in (Device[])[There, Away, Deaf]) await device.Connect();

            left = changes;
            lossAt = chance.Next(changes);
            var (goes, comes) = (chance.Next(changes / 2), changes - chance.Next(changes / 3));
            for (var step = 0; step < changes; step++, left--)
            {
                if (step == comes) await Away.Connect();
                var isLoss = step >= lossAt && Lost is null;
                var records = await Write(isLoss ? Of(missed) : Any());
                foreach (var record in records)
                {
                    There.Hear(record);
                    if (step < goes || step >= comes) Away.Hear(record);
                    if (isLoss && Lost is null && IsMissed(record)) Lost = record.Version;
                    else Deaf.Hear(record);
                }
                if (chance.Next(6) is 0) await Read();
            }
            await Away.Connect();
            Late = new Device(store, Bob);
            await Late.Connect();
            foreach (var device in (Device[])[There, Away, Deaf, Late]) await device.Settle(roomId);
        }

        public async ValueTask DisposeAsync()
        {
            foreach (var device in (Device?[])[There, Away, Deaf, Late])
                if (device is not null) await device.DisposeAsync();
        }

        private bool IsMissed(RoomRecord record) => missed switch
        {
            Missed.MemberChange => record is Member,
            Missed.RoomChange => record is Room,
            _ => record is Message,
        };

        /// <summary>The user reads on, on another device.</summary>
        private async Task Read()
        {
            var marker = (await store.MarkRead(Bob.UserId, new MarkRead { RoomId = roomId, Seq = chance.Next(60) }, default)).Marker;
            foreach (var device in (Device[])[There, Away, Deaf]) device.Hear(marker);
        }

        private async Task<IReadOnlyList<RoomRecord>> Write(RoomChange change)
        {
            now = now.AddSeconds(chance.Next(1, 100));
            var needs = new Needs();
            change.Tell(needs);
            change.Check(new RoomLimits()).Should().BeNull();
            IReadOnlyList<RoomRecord> written = [];
            await store.Commit(needs, ledger =>
            {
                var room = ledger.Room(roomId);
                written = room.Carry(change.Decide(room, now));
            });
            return written;
        }

        private RoomChange Any() => chance.Next(12) switch
        {
            < 5 => Post(),
            _ => Of((Missed)chance.Next(7)),
        };

        private RoomChange Of(Missed kind) => kind switch
        {
            Missed.Edit when Message(own: true) is { } m => new EditText(
                Somebody(m.AuthorId), new EditMessage { RoomId = roomId, Seq = m.Seq, Text = Words() }, chance.Next(3) is 0 ? [Call()] : []),
            Missed.Delete when Message() is { } m => new RemoveMessage(Ann, new MessagePlace { RoomId = roomId, Seq = m.Seq }),
            Missed.React when Message() is { } m => new React(
                Member(), new SetReaction { RoomId = roomId, Seq = m.Seq, Emoji = Emojis[chance.Next(3)], IsSet = chance.Next(4) > 0 }),
            Missed.Pin when Message() is { } m => new PinMessage(Ann, new SetPin { RoomId = roomId, Seq = m.Seq, IsPinned = m.PinnedAt is null }),
            Missed.ThreadReply when Message() is { } m => new PostMessage(Member(), Request(Words()) with { ThreadSeq = m.Seq }, chance.Next(3) is 0 ? [Call()] : []),
            Missed.RoomChange => new ChangeRoom(Ann, new UpdateRoom { RoomId = roomId, Topic = Words(), SeatLimit = chance.Next(3) is 0 ? chance.Next(5, 20) : null }),
            Missed.MemberChange => OnMember(),
            _ => Post(),
        };

        private RoomChange OnMember()
        {
            var subject = people[chance.Next(2, 4)];
            return chance.Next(7) switch
            {
                0 => new TakeOut(Ann, new KickMember { RoomId = roomId, UserId = subject.UserId, Reason = "loud" }),
                1 => new KeepOut(Ann, new BanMember { RoomId = roomId, UserId = subject.UserId, Seconds = 60 }, UserOf(subject)),
                2 => new GiveRole(Ann, new SetRole { RoomId = roomId, UserId = subject.UserId, Role = (MemberRole)chance.Next(1, 3) }),
                3 => new QuitRoom(subject, roomId),
                4 => new Silence(Ann, new MuteMember { RoomId = roomId, UserId = Bob.UserId, Seconds = chance.Next(2) * 50 }),
                5 => new LetIn(Ann, roomId, subject.UserId),
                _ => new EnterRoom(subject, roomId),
            };
        }

        private PostMessage Post() => new(Member(), Request(Words()), chance.Next(4) is 0 ? [Call()] : []);

        private SendMessage Request(string text) => new() { RoomId = roomId, ClientMessageId = Guid.NewGuid(), Text = text };

        private Mention Call() => chance.Next(2) is 0 ? new Mention { Name = "room" } : new Mention { UserId = Bob.UserId, Name = Bob.Name };

        private Speaker Member() => people[chance.Next(people.Length)];

        private Speaker Somebody(Guid? id) => people.Single(who => who.UserId == id);

        private string Words() => $"words {chance.Next(1_000_000)} 你好";

        private Message? Message(bool own = false)
        {
            var messages = There.Room(roomId).Messages.Where(m => m.DeletedAt is null && m.System is null && (!own || m.AuthorId == Ann.UserId)).ToList();
            return messages.Count is 0 ? null : messages[chance.Next(messages.Count)];
        }

        private static User UserOf(Speaker who) => new() { Id = who.UserId, Name = who.Name, Kind = who.Kind, CreatedAt = DateTimeOffset.UnixEpoch };
    }

    /// <summary>A client's rooms, with a network of method calls.</summary>
    private sealed class Device : IAsyncDisposable
    {
        private readonly SqliteStore store;
        private readonly Speaker user;
        private readonly EventQueue queue;
        private readonly RoomBook book;

        public Device(SqliteStore store, Speaker user)
        {
            (this.store, this.user) = (store, user);
            var gear = new ClientGear(new ChatClientOptions { Server = new Uri("http://localhost") });
            queue = new(gear);
            var events = new ClientEvents(queue, this);
            book = new(gear, queue, events, new(gear, events));
        }

        public ChatRoom Room(Guid roomId) => book.Find(roomId)!;

        public async Task Connect()
        {
            book.Expect();
            var known = book.Known(700);
            var behind = book.Apply(new Connected
            {
                User = new User { Id = user.UserId, Name = user.Name, Kind = user.Kind, CreatedAt = DateTimeOffset.UnixEpoch },
                SessionId = user.UserId,
                Epoch = store.Epoch,
                ServerTime = DateTimeOffset.UnixEpoch,
                Rooms = (await store.Resume(user.UserId, Guid.Empty, book.Epoch, known, default)).Rooms,
                Limits = new ServerLimits { MessageTextBytes = 16_384, FrameBytes = 65_536 },
            });
            foreach (var roomId in behind) await CatchUp(roomId);
        }

        public void Hear(RoomRecord record) => book.Take(record);

        public void Hear(ReadMarker marker) => book.Find(marker.RoomId)?.Move(marker);

        /// <summary>Hears the room's head, and asks for what is missing and what is in doubt.</summary>
        public async Task Settle(Guid roomId)
        {
            var head = (await store.ComingOf(user.UserId, default)).Rooms.Single(room => room.RoomId == roomId);
            if (book.Hear(head)) await CatchUp(roomId);
            for (var i = 0; i < 3 && book.Doubt(roomId) is { } question; i++)
                Room(roomId).Move((await store.MarkRead(user.UserId, question, default)).Marker);
        }

        public string Picture() => RoomPicture.Of(book.Rooms.Single());

        public ValueTask DisposeAsync() => queue.DisposeAsync();

        private async Task CatchUp(Guid roomId) => book.Apply(await store.Sync(book.Question(roomId), default));
    }
}
