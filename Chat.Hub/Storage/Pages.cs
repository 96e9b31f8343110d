using Chat.Contracts;
using Chat.Hub.Rooms;

namespace Chat.Hub.Storage;

/// <summary>Makes pages of what a store found. It looks for one more than asked, which tells whether there are more.</summary>
internal static class Pages
{
    /// <summary>The page below a message.</summary>
    /// <param name="roomId">The room.</param>
    /// <param name="found">Newest first.</param>
    /// <param name="limit">Messages asked for.</param>
    /// <param name="hasNewer">Whether there are messages at or above where the page was asked from.</param>
    public static History Before(Guid roomId, IReadOnlyCollection<Message> found, int limit, bool hasNewer)
    {
        var page = PageLimits.Fitting(found.Take(limit));
        var hasOlder = page.Count < found.Count;
        page.Reverse();
        return new History { RoomId = roomId, Messages = page, HasOlder = hasOlder, HasNewer = hasNewer };
    }

    /// <summary>The page above a message.</summary>
    /// <param name="roomId">The room.</param>
    /// <param name="found">Oldest first.</param>
    /// <param name="limit">Messages asked for.</param>
    /// <param name="hasOlder">Whether there are messages at or below where the page was asked from.</param>
    public static History After(Guid roomId, IReadOnlyCollection<Message> found, int limit, bool hasOlder)
    {
        var page = PageLimits.Fitting(found.Take(limit));
        return new History { RoomId = roomId, Messages = page, HasOlder = hasOlder, HasNewer = page.Count < found.Count };
    }

    /// <summary>How many a page around a message takes of each side; its own is among the older.</summary>
    public static (int Older, int Newer) Halves(int limit) => ((limit + 1) / 2, Math.Max(1, limit / 2));

    /// <summary>Two pages in one answer: each side gives up what does not fit into half.</summary>
    public static History Around(History older, History newer, int limit)
    {
        var below = PageLimits.Fitting(older.Messages.Reverse(), PageLimits.PageBytes / 2);
        var above = limit is 1 ? [] : PageLimits.Fitting(newer.Messages, PageLimits.PageBytes / 2);
        below.Reverse();
        return new History
        {
            RoomId = older.RoomId,
            Messages = [.. below, .. above],
            HasOlder = older.HasOlder || below.Count < older.Messages.Count,
            HasNewer = newer.HasNewer || above.Count < newer.Messages.Count,
        };
    }

    public static RoomPage Rooms(IReadOnlyList<RoomSummary> found, int limit)
    {
        var last = found.Count > limit ? found[limit - 1].Room : null;
        return new RoomPage
        {
            Rooms = found.Take(limit).ToList(),
            Next = last is null ? null : PageCursor.Write(Names.Key(last.Name), last.RoomId),
        };
    }

    public static MemberPage Members(IReadOnlyList<Member> found, int limit, int seats)
    {
        var last = found.Count > limit ? found[limit - 1] : null;
        return new MemberPage
        {
            Members = found.Take(limit).ToList(),
            Presence = [],
            MemberCount = seats,
            OnlineCount = 0,
            Next = last is null ? null : PageCursor.Write(Names.Key(last.Name), last.UserId),
        };
    }

    public static AuditPage Audit(List<AuditEntry> found, int limit) =>
        new() { Entries = [.. found.Take(limit)], HasOlder = found.Count > limit };
}
