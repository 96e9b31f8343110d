using System.Globalization;
using Chat.Contracts;
using Chat.Hub.Rooms;

namespace Chat.Hub.Storage;

/// <summary>Looks for messages: the store finds what has the words, the rules say whether it says what was looked for.</summary>
internal sealed class Finder(IRoomPages pages)
{
    // Neighbouring characters that stand apart are found by the store and refused by the rules: looked for again a few times.
    private const int MostLooks = 10;

    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    public async Task<Reply<SearchPage>> Find(Guid userId, SearchMessages request, CancellationToken cancellation)
    {
        var query = SearchWords.Query(request.Text);
        if (Check(request, query) is { } mistake) return mistake;
        var limit = request.Limit ?? PageLimits.DefaultHits;
        long? before = request.After is null ? null : long.Parse(request.After, CultureInfo.InvariantCulture);

        var hits = new List<Hit>();
        var hasMore = true;
        for (var look = 0; look < MostLooks && hasMore && hits.Count <= limit; look++)
        {
            var found = await pages.Search(
                userId, new Search(query.Beginnings, request.RoomId, request.AuthorId, request.MentionsMe, before, limit + 1), cancellation);
            hits.AddRange(found.Where(hit => query.Finds(hit.Message)));
            hasMore = found.Count > limit;
            if (found.Count > 0) before = found[^1].Place;
        }
        return await Page(hits, limit, hasMore ? before : null, cancellation);
    }

    private async Task<SearchPage> Page(List<Hit> hits, int limit, long? rest, CancellationToken cancellation)
    {
        // With its neighbours a hit is three messages.
        var fitting = PageLimits.Fitting(hits.Take(limit).Select(hit => hit.Message), PageLimits.PageBytes / 2).Count;
        var shown = hits.Take(fitting).ToList();
        var beside = await pages.Beside(shown.ConvertAll(hit => hit.Message), cancellation);
        var left = PageLimits.PageBytes;
        var page = shown.Zip(beside, (hit, sides) => new SearchHit
        {
            Message = hit.Message,
            Before = Fits(sides.Before),
            After = Fits(sides.After),
        }).ToList();
        var next = hits.Count > fitting ? shown[^1].Place : rest;
        return new SearchPage { Hits = page, Next = next?.ToString(CultureInfo.InvariantCulture) };

        Message? Fits(Message? message)
        {
            if (message is null || PageLimits.BytesOf(message) > left) return null;
            left -= PageLimits.BytesOf(message);
            return message;
        }
    }

    private static Error? Check(SearchMessages request, SearchQuery query) =>
        request.Text.Length > PageLimits.LongestSearch ? Refusal.Invalid("text", $"at most {PageLimits.LongestSearch} characters.")
        : query.IsEmpty && !(request.MentionsMe && string.IsNullOrWhiteSpace(request.Text)) ? Refusal.Invalid("text", "must have a letter or a digit.")
        : request.Limit is < 1 or > PageLimits.MostHits ? Refusal.Invalid("limit", $"from 1 to {PageLimits.MostHits}.")
        : request.After is { } after && !long.TryParse(after, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _) ? Refusal.Invalid("after", "must be the next of the last page.")
        : null;
}
