using Chat.Contracts;

namespace Chat.Client.Feeds;

/// <summary>A message that was newly posted, or a gap where some were missed.</summary>
internal readonly record struct Posting(Message? Message, MessageGap? Gap)
{
    /// <summary>One gap for each room of which something was not read.</summary>
    public static IEnumerable<Posting> Skip(IReadOnlyList<Posting> missed) => missed
        .Select(posting => posting.Gap ?? new MessageGap(posting.Message!.RoomId, posting.Message.Seq - 1, posting.Message.Seq + 1))
        .GroupBy(gap => gap.RoomId)
        .Select(gaps => new Posting(null, new MessageGap(gaps.Key, gaps.Min(gap => gap.AfterSeq), gaps.Max(gap => gap.BeforeSeq))));
}
