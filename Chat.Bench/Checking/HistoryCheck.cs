namespace Chat.Bench.Checking;

/// <summary>Compares what senders were told, what the store has and what every client was shown. Pure.</summary>
internal static class HistoryCheck
{
    public static HistoryReport Run(IReadOnlyList<Acknowledged> acknowledged, StoredHistory stored, IReadOnlyList<View> views)
    {
        var report = new HistoryReport { Acknowledged = acknowledged.Count, Stored = stored.Messages.Count, Clients = views.Count };
        CheckAcknowledged(acknowledged, stored, report);
        CheckVersions(stored, report);
        CheckViews(stored, views, report);
        return report;
    }

    private static void CheckAcknowledged(IReadOnlyList<Acknowledged> acknowledged, StoredHistory stored, HistoryReport report)
    {
        var byClientId = stored.Messages.Where(message => message.ClientMessageId is not null).ToLookup(message => (message.AuthorId, message.ClientMessageId));
        foreach (var group in byClientId.Where(group => group.Count() > 1)) report.Add(ref report.Doubled, $"\"{group.First().Text}\" is stored {group.Count()} times");
        foreach (var told in acknowledged)
        {
            var found = byClientId[(told.Message.AuthorId, told.ClientMessageId)].FirstOrDefault();
            if (found is null) report.Add(ref report.Lost, $"\"{told.Message.Text}\" was acknowledged and is not stored");
            else if (found.Seq != told.Message.Seq || found.Text != told.Message.Text || found.Id != told.Message.Id)
                report.Add(ref report.Reordered, $"\"{told.Message.Text}\" was acknowledged at {told.Message.Seq} and is stored at {found.Seq}");
        }
        foreach (var bySender in acknowledged.GroupBy(told => told.Sender))
        {
            var inOrder = bySender.OrderBy(told => told.Number).ToList();
            for (var i = 1; i < inOrder.Count; i++)
            {
                if (inOrder[i].Message.Seq <= inOrder[i - 1].Message.Seq) report.Add(ref report.Reordered, $"\"{inOrder[i].Message.Text}\" comes before the one sent before it");
            }
        }
    }

    private static void CheckVersions(StoredHistory stored, HistoryReport report)
    {
        var byRoom = stored.Versions.ToLookup(pair => pair.RoomId, pair => pair.Version);
        foreach (var (roomId, head) in stored.Heads)
        {
            var versions = byRoom[roomId].Order().ToList();
            // Nothing is edited in these runs, so that every number from 1 to the head is some record's.
            if (!versions.SequenceEqual(Enumerable.Range(1, (int)head).Select(version => (long)version)))
                report.Add(ref report.Gaps, $"room {roomId}: {versions.Count} versions up to {(versions.Count > 0 ? versions[^1] : 0)}, head {head}");
        }
    }

    private static void CheckViews(StoredHistory stored, IReadOnlyList<View> views, HistoryReport report)
    {
        var byRoom = stored.Messages.ToLookup(message => message.RoomId);
        foreach (var view in views)
        {
            report.Resets += view.Resets;
            if (view.OutOfOrder > 0) report.Add(ref report.Reordered, $"{view.Name} was told {view.OutOfOrder} messages late or twice");
            var shown = view.Messages;
            var truth = byRoom[view.RoomId].Where(message => message.Seq >= shown[0].Seq).Select(message => (message.Seq, message.Id, message.Text));
            if (!truth.SequenceEqual(shown.Select(message => (message.Seq, message.Id, message.Text))))
                report.Add(ref report.Differing, $"{view.Name} shows {shown.Count} messages that are not those of the store");
        }
    }
}
