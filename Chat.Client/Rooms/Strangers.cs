using Chat.Contracts;

namespace Chat.Client.Rooms;

/// <summary>Rooms the user has come into on another device, until their snapshot is here, with the records that came meanwhile.</summary>
internal sealed class Strangers
{
    private const int HeldAtMost = 1_000;

    private readonly Dictionary<Guid, List<RoomRecord>> held = [];

    public IEnumerable<Guid> Ids => held.Keys;

    /// <summary>The version at which the user came into the room; null where that was not heard.</summary>
    public long? JoinedAt(Guid roomId, Guid? me) =>
        held.GetValueOrDefault(roomId)?.OfType<Member>().LastOrDefault(member => member.UserId == me && member.State == MemberState.Active)?.Version;

    public bool Knows(Guid roomId) => held.ContainsKey(roomId);

    /// <returns>Whether the room is one to fetch.</returns>
    public bool Take(RoomRecord record, Guid? me)
    {
        if (record is Member member && member.UserId == me)
        {
            if (member.State != MemberState.Active) return held.Remove(record.RoomId) && false;
            held.TryAdd(record.RoomId, []);
        }
        if (!held.TryGetValue(record.RoomId, out var records)) return false;
        if (records.Count < HeldAtMost) records.Add(record);
        return true;
    }

    public IReadOnlyList<RoomRecord> Forget(Guid roomId) => held.Remove(roomId, out var records) ? records : [];
}
