using Chat.Bench.Chaos.Clients;
using Chat.Bench.Checking;

namespace Chat.Bench.Chaos;

/// <summary>Compares what clients show with the store. Pure.</summary>
internal static class SeenCheck
{
    /// <summary>Who is not connected, who still waits, and whose rooms are behind.</summary>
    public static Findings Run(IEnumerable<ClientStatus> statuses, IReadOnlyDictionary<Guid, long> heads)
    {
        var found = new Findings();
        foreach (var status in statuses)
        {
            if (!status.IsConnected) found.Add(Flaw.Away, $"{status.Name} is not connected");
            if (status.Waiting > 0) found.Add(Flaw.Away, $"{status.Name} waits for {status.Waiting} answers");
            foreach (var (roomId, head) in status.Heads)
            {
                if (heads.GetValueOrDefault(roomId) != head) found.Add(Flaw.Differing, $"{status.Name} knows {roomId} up to {head}, the store has {heads.GetValueOrDefault(roomId)}");
            }
        }
        return found;
    }

    /// <summary>Whose rooms, members and messages are not those of the store.</summary>
    public static Findings Run(IEnumerable<ClientReport> reports, StoredHistory stored)
    {
        var found = new Findings();
        var rooms = stored.Rooms.ToDictionary(room => room.RoomId);
        var members = stored.Members.Where(member => member.IsActive).ToLookup(member => member.RoomId);
        var messages = stored.Messages.ToLookup(message => message.RoomId);
        foreach (var report in reports)
        {
            var mine = stored.Members.Where(member => member.UserId == report.UserId && member.IsActive).Select(member => member.RoomId).ToHashSet();
            if (!mine.SetEquals(report.Rooms.Select(room => room.RoomId))) found.Add(Flaw.Differing, $"{report.Name} is in {mine.Count} rooms and shows {report.Rooms.Count}");
            foreach (var room in report.Rooms)
            {
                var who = $"{report.Name} in {room.RoomName}";
                var known = new StoredRoom(room.RoomId, room.RoomName, room.Topic, room.RoomVersion, room.Head);
                if (rooms.GetValueOrDefault(room.RoomId) != known) found.Add(Flaw.Differing, $"{who} shows {known}, the store has {rooms.GetValueOrDefault(room.RoomId)}");
                Compare(who, room, members[room.RoomId].ToHashSet(), found);
                HistoryCheck.CheckShown(messages[room.RoomId], new ShownRoom($"{who} (held)", room.RoomId, room.Messages, OutOfOrder: 0, Resets: 0), found);
            }
            foreach (var shown in report.Shown) HistoryCheck.CheckShown(messages[shown.RoomId], shown with { Name = $"{shown.Name} (shown)" }, found);
        }
        return found;
    }

    private static void Compare(string who, RoomReport room, HashSet<StoredMember> stored, Findings found)
    {
        if (!stored.SetEquals(room.Members))
        {
            var differing = stored.Except(room.Members).Concat(room.Members.Except(stored)).Take(4);
            found.Add(Flaw.Differing, $"{who} shows {room.Members.Count} members, the store has {stored.Count}: {string.Join(", ", differing)}");
        }
        if (room.MemberCount != stored.Count) found.Add(Flaw.Differing, $"{who} counts {room.MemberCount} members, the store {stored.Count}");
    }
}
