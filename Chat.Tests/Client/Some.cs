using Chat.Contracts;

namespace Chat.Tests.Client;

/// <summary>Records with nothing special about them.</summary>
internal static class Some
{
    public static readonly DateTimeOffset Moment = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    public static Room Room(Guid id, long version = 1, string name = "general") =>
        new() { RoomId = id, Version = version, Kind = RoomKind.Public, Name = name, CreatedAt = Moment };

    public static Member Member(Guid room, long version, Guid? user = null, MemberState state = MemberState.Active) => new()
    {
        RoomId = room,
        Version = version,
        UserId = user ?? Guid.NewGuid(),
        Name = "Ann",
        UserKind = UserKind.Guest,
        Role = MemberRole.Member,
        State = state,
        JoinedAt = Moment,
    };

    public static Message Message(Guid room, long seq, long? version = null, Guid? author = null) => new()
    {
        RoomId = room,
        Version = version ?? seq,
        Id = Guid.NewGuid(),
        Seq = seq,
        Kind = MessageKind.Text,
        AuthorId = author ?? Guid.NewGuid(),
        Text = $"message {seq}",
        CreatedAt = Moment,
    };

    public static RoomSync Sync(Guid room, string epoch, long head, bool reset, IEnumerable<RoomRecord> records, int? memberCount = null)
    {
        var all = records.ToList();
        return new()
        {
            RoomId = room,
            Epoch = epoch,
            Head = head,
            Reset = reset,
            Room = all.OfType<Room>().SingleOrDefault(),
            Members = [.. all.OfType<Member>()],
            Messages = [.. all.OfType<Message>().OrderBy(message => message.Seq)],
            MemberCount = memberCount ?? all.OfType<Member>().Count(),
        };
    }

    public static User User(Guid id) => new() { Id = id, Name = "Ann", Kind = UserKind.Guest, CreatedAt = Moment };

    public static MyRoom MyRoom(Guid room, Guid me, long head, RoomSync? sync = null, long readSeq = 0, int unread = 0) => new()
    {
        Room = Room(room),
        Membership = Member(room, 1, me),
        Head = head,
        MemberCount = 1,
        ReadSeq = readSeq,
        Unread = unread,
        Sync = sync,
    };

    public static Connected Connected(Guid me, string epoch, params MyRoom[] rooms) => new()
    {
        User = User(me),
        SessionId = me,
        Epoch = epoch,
        ServerTime = Moment,
        Rooms = rooms,
        Limits = new ServerLimits { MessageTextBytes = 16_384, FrameBytes = 65_536 },
    };
}
