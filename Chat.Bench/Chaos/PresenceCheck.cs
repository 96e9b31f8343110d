using Chat.Bench.Chaos.Clients;
using Chat.Bench.Checking;
using Chat.Contracts;

namespace Chat.Bench.Chaos;

/// <summary>Whether everybody is seen as they are. Pure.</summary>
internal static class PresenceCheck
{
    /// <param name="reports">What clients show.</param>
    /// <param name="stored">Who is in which room.</param>
    /// <param name="present">Who is connected.</param>
    public static Findings Run(IEnumerable<ClientReport> reports, StoredHistory stored, IReadOnlySet<Guid> present)
    {
        var found = new Findings();
        var members = stored.Members.Where(member => member.IsActive).ToLookup(member => member.RoomId);
        var gone = stored.Members.Where(member => !member.IsActive).ToLookup(member => member.RoomId);
        foreach (var report in reports)
        {
            foreach (var room in report.Rooms)
            {
                foreach (var seen in room.Presence) Check($"{report.Name} in {room.RoomName} ({seen.How})", seen, [.. members[room.RoomId]], present, found);
                foreach (var seen in room.Presence) CheckGone($"{report.Name} in {room.RoomName} ({seen.How})", seen, gone[room.RoomId], found);
            }
        }
        return found;
    }

    private static void Check(string who, PresenceSeen seen, List<StoredMember> members, IReadOnlySet<Guid> present, Findings found)
    {
        foreach (var member in members)
        {
            if (!seen.IsAll && !seen.Status.ContainsKey(member.UserId)) continue;
            var told = seen.Status.GetValueOrDefault(member.UserId, PresenceStatus.Offline);
            var truth = present.Contains(member.UserId) ? PresenceStatus.Online : PresenceStatus.Offline;
            if (told != truth) found.Add(Flaw.Presence, $"{who} sees {member.Name} {told} instead of {truth}");
        }
        var online = members.Count(member => present.Contains(member.UserId));
        if (seen.OnlineCount is { } count && count != online) found.Add(Flaw.Presence, $"{who} counts {count} online instead of {online}");
    }

    private static void CheckGone(string who, PresenceSeen seen, IEnumerable<StoredMember> gone, Findings found)
    {
        foreach (var member in gone)
        {
            if (seen.Status.GetValueOrDefault(member.UserId, PresenceStatus.Offline) is not PresenceStatus.Offline)
                found.Add(Flaw.Presence, $"{who} sees {member.Name} ({member.UserId}) online, who left the room at {member.Version}");
        }
    }
}
