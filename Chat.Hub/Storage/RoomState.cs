using Chat.Contracts;

namespace Chat.Hub.Storage;

/// <summary>A room at one moment, and the syncs that are made of it.</summary>
internal sealed record RoomState(Room Room, long Head, int Seats, long Floor)
{
    /// <summary>Whether the changes above a version are all that somebody lacks; else only a reset is true.</summary>
    public bool CanTellChanges(string storeEpoch, string epoch, long version) =>
        // A client ahead of the store has seen what a restored backup has not: its versions mean something else now.
        epoch == storeEpoch && version >= Floor && version >= 1 && version <= Head;

    /// <summary>What changed above the version; null where it is more than one answer holds.</summary>
    public RoomSync? Changes(string epoch, long version, IReadOnlyCollection<Member> members, IReadOnlyCollection<Message> messages)
    {
        if (members.Count + messages.Count + 1 > PageLimits.SyncRecords) return null;
        var sync = new RoomSync
        {
            RoomId = Room.RoomId,
            Epoch = epoch,
            Head = Head,
            Reset = false,
            Room = Room.Version > version ? Room : null,
            Members = [.. members.OrderBy(member => member.Version)],
            Messages = [.. messages.OrderBy(message => message.Seq)],
            MemberCount = Seats,
        };
        return PageLimits.BytesOf(sync) <= PageLimits.SyncBytes ? sync : null;
    }

    /// <summary>The room as it is.</summary>
    public RoomSync Snapshot(string epoch, IReadOnlyList<Member> members, History last) => new()
    {
        RoomId = Room.RoomId,
        Epoch = epoch,
        Head = Head,
        Reset = true,
        Room = Room,
        Members = members,
        Messages = last.Messages,
        HasOlder = last.HasOlder,
        MemberCount = Seats,
    };
}
