using Chat.Contracts;

namespace Chat.Hub.Rooms;

/// <summary>What the changes of one commit see, kept current while they are decided one after the other.</summary>
internal sealed class Ledger
{
    private readonly Dictionary<Guid, RoomLedger> rooms = [];

    /// <summary>Earlier results by the author's id for them, over all rooms.</summary>
    public Dictionary<(Guid AuthorId, Guid ClientMessageId), Posted> Posted { get; } = [];

    /// <summary>Keys of public room names that are in use.</summary>
    public HashSet<string> RoomNames { get; } = [];

    /// <summary>Invite links by id; their codes are the door's to know.</summary>
    public Dictionary<Guid, InviteLink> Links { get; } = [];

    public FileLedger Files { get; } = new();

    /// <summary>The time of the commit.</summary>
    public DateTimeOffset Now { get; set; } = DateTimeOffset.UnixEpoch;

    public IEnumerable<RoomLedger> Rooms => rooms.Values;

    public RoomLedger Room(Guid roomId) =>
        rooms.TryGetValue(roomId, out var room) ? room : rooms[roomId] = new RoomLedger(this, roomId);
}

/// <summary>A message as it was posted under a client's id.</summary>
internal sealed record Posted(Message Message, Fingerprint Fingerprint);
