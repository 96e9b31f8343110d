using Chat.Contracts;

namespace Chat.Client.Rooms;

/// <summary>Who is in a room: everybody in small rooms; in rooms above 200 those of the snapshot and those that changed since.</summary>
internal sealed class Roster
{
    private readonly Dictionary<Guid, Member> members = [];
    private Member[]? copy;

    /// <summary>How many are in the room, also those that are not here.</summary>
    public int Count { get; private set; }

    /// <summary>By name; never changes afterwards.</summary>
    public IReadOnlyList<Member> Members => copy ??= [.. members.Values.OrderBy(m => m.Name, StringComparer.OrdinalIgnoreCase)];

    public void Reset(IEnumerable<Member> snapshot, int count)
    {
        members.Clear();
        foreach (var member in snapshot)
            if (member.State == MemberState.Active) members[member.UserId] = member;
        CountedAs(count);
    }

    /// <summary>The count as the server says it.</summary>
    public void CountedAs(int count)
    {
        Count = count;
        copy = null;
    }

    public void Put(Member member)
    {
        copy = null;
        var isAll = members.Count == Count;
        var wasHere = members.Remove(member.UserId);
        var isHere = member.State == MemberState.Active;
        if (isHere) members.Add(member.UserId, member);
        // In part of a large room, one who was not here may have come or only changed; the next sync has the true count.
        Count = isAll ? members.Count : Count + (isHere, wasHere) switch
        {
            (true, false) => 1,
            (false, _) => -1,
            _ => 0,
        };
    }
}
