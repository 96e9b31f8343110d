namespace Chat.Bench.Checking;

/// <summary>Compares what senders were told, what the store has and what every client was shown. Pure.</summary>
internal static class HistoryCheck
{
    public static HistoryReport Run(IReadOnlyCollection<Acknowledged> acknowledged, StoredHistory stored, IReadOnlyCollection<ShownRoom> shown)
    {
        var found = new Findings();
        CheckAcknowledged(acknowledged, stored, found);
        CheckVersions(stored, found);
        var byRoom = stored.Messages.ToLookup(message => message.RoomId);
        foreach (var room in shown) CheckShown(byRoom[room.RoomId], room, found);
        return new HistoryReport(found, acknowledged.Count, stored.Messages.Count, shown.Count, shown.Sum(room => room.Resets));
    }

    private static void CheckAcknowledged(IReadOnlyCollection<Acknowledged> acknowledged, StoredHistory stored, Findings found)
    {
        var byClientId = stored.Messages.Where(message => message.ClientMessageId is not null).ToLookup(message => (message.AuthorId, message.ClientMessageId));
        foreach (var group in byClientId.Where(group => group.Count() > 1))
            found.Add(Flaw.Doubled, $"\"{group.First().Text}\" is stored {group.Count()} times: {string.Join(", ", group.Select(message => $"{message.Seq} in {message.RoomId}"))}");
        foreach (var told in acknowledged)
        {
            var kept = byClientId[(told.AuthorId, told.ClientMessageId)].FirstOrDefault();
            if (kept is null) found.Add(Flaw.Lost, $"{told.Sender} #{told.Number} ({told.ClientMessageId}) was acknowledged at {told.Message?.Seq} and is not stored");
            else if (told.Message is { } message && message != kept)
                found.Add(Flaw.Reordered, $"\"{message.Text}\" was acknowledged at {message.Seq} and is stored at {kept.Seq}");
        }
        foreach (var bySender in acknowledged.Where(told => told.Message is not null).GroupBy(told => told.Sender))
        {
            var inOrder = bySender.OrderBy(told => told.Number).Select(told => told.Message!).ToList();
            for (var i = 1; i < inOrder.Count; i++)
            {
                if (inOrder[i].Seq <= inOrder[i - 1].Seq) found.Add(Flaw.Reordered, $"\"{inOrder[i].Text}\" at {inOrder[i].Seq} comes before the one sent before it");
            }
        }
    }

    private static void CheckVersions(StoredHistory stored, Findings found)
    {
        var byRoom = stored.Versions.ToLookup(pair => pair.RoomId, pair => pair.Version);
        var system = stored.Messages.Where(message => message.IsSystem).Select(message => (message.RoomId, message.Seq)).ToHashSet();
        foreach (var (roomId, head) in stored.Heads)
        {
            var versions = byRoom[roomId].ToHashSet();
            // A member who came and went has given up its former number: the message that tells of it comes right after.
            var missing = Enumerable.Range(1, (int)head).Where(version => !versions.Contains(version) && !system.Contains((roomId, version + 1))).ToList();
            if (missing.Count > 0) found.Add(Flaw.Gap, $"room {roomId}: head {head}, missing {string.Join(", ", missing.Take(10))}");
            if (byRoom[roomId].Count() != versions.Count || versions.Max() > head) found.Add(Flaw.Gap, $"room {roomId}: a number is taken twice, or is above the head {head}");
        }
    }

    /// <summary>Compares what a client was shown of a room with what the room has.</summary>
    public static void CheckShown(IEnumerable<StoredMessage> stored, ShownRoom room, Findings found)
    {
        if (room.OutOfOrder > 0) found.Add(Flaw.Reordered, $"{room.Name} was told {room.OutOfOrder} messages late or twice");
        if (room.Messages.Count is 0) return;
        var to = room.IsOpen ? long.MaxValue : room.Messages[^1].Seq;
        var truth = stored.Where(message => message.Seq >= room.Messages[0].Seq && message.Seq <= to).ToList();
        if (truth.SequenceEqual(room.Messages)) return;
        found.Add(Flaw.Differing, $"{room.Name} shows {room.Messages.Count} messages of {room.RoomId}, the store has {truth.Count}; the first it lacks: {truth.Except(room.Messages).FirstOrDefault()}");
        foreach (var phantom in room.Messages.Except(truth).Take(3)) found.Add(Flaw.Phantom, $"{room.Name} was shown {phantom}, which is not stored so");
    }
}
