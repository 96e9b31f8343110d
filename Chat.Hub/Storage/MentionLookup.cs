using Chat.Contracts;
using Chat.Hub.Rooms;

namespace Chat.Hub.Storage;

/// <summary>Finds the members that a text calls.</summary>
internal sealed class MentionLookup(IRoomPages pages)
{
    public async Task<IReadOnlyList<Mention>> In(Guid roomId, string text, CancellationToken cancellation)
    {
        if (!text.Contains('@', StringComparison.Ordinal)) return [];
        var candidates = Mentions.Candidates(text);
        return Mentions.In(text, candidates.Count is 0 ? new Dictionary<string, Guid>() : await pages.MembersNamed(roomId, candidates, cancellation));
    }
}
