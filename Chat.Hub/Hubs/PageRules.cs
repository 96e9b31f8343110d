using Chat.Contracts;
using Chat.Hub.Rooms;
using Chat.Hub.Storage;

namespace Chat.Hub.Hubs;

/// <summary>The form of what asks for pages and changes.</summary>
internal static class PageRules
{
    public static Error? Check(ListRooms request) =>
        CheckLimit(request.Limit, PageLimits.MostRooms) ?? CheckCursor(request.After)
        ?? (request.Search is { Length: > Names.LongestRoom } ? Refusal.Invalid("search", $"at most {Names.LongestRoom} characters.") : null);

    public static Error? Check(ListMembers request) => CheckLimit(request.Limit, PageLimits.MostMembers) ?? CheckCursor(request.After)
        ?? (request.State is not (MemberState.Active or MemberState.Banned or MemberState.Invited) ? Refusal.Invalid("state", "must be active, banned or invited.") : null)
        ?? (request.Search is { Length: > Names.LongestUser } ? Refusal.Invalid("search", $"at most {Names.LongestUser} characters.") : null);

    public static Error? Check(ListAudit request) => CheckLimit(request.Limit, PageLimits.MostAudit) ?? (request.Before is { } id ? CheckSeq("before", id) : null);

    public static Error? Check(GetHistory request)
    {
        long?[] positions = [request.BeforeSeq, request.AfterSeq, request.AroundSeq];
        return positions.Count(position => position is not null) > 1
            ? Refusal.Invalid("beforeSeq", "give one of beforeSeq, afterSeq and aroundSeq.")
            : CheckLimit(request.Limit, PageLimits.MostMessages)
              ?? (request.ThreadSeq is { } thread ? CheckSeq("threadSeq", thread) : null)
              ?? positions.Select(position => position is { } seq ? CheckSeq("seq", seq) : null).FirstOrDefault(mistake => mistake is not null);
    }

    public static Error? Check(SyncRoom request) => CheckSeq("version", request.Version);

    public static Error? Check(Connect request) =>
        request.Known.Count > Connect.MostKnown ? Refusal.Invalid("known", $"at most {Connect.MostKnown} rooms.")
        : request.Client.Length > 200 || request.Client.Any(char.IsControl) ? Refusal.Invalid("client", "at most 200 characters, no control characters.")
        : request.Known.Select(head => CheckSeq("known.head", head.Head)).FirstOrDefault(mistake => mistake is not null);

    public static Error? CheckSeq(string field, long seq) =>
        seq is < 0 or > ChatContract.MaxInteger ? Refusal.Invalid(field, $"from 0 to {ChatContract.MaxInteger}.") : null;

    private static Error? CheckLimit(int? limit, int most) =>
        limit is < 1 || limit > most ? Refusal.Invalid("limit", $"from 1 to {most}.") : null;

    private static Error? CheckCursor(string? after) =>
        after is not null && !PageCursor.TryRead(after, out _) ? Refusal.Invalid("after", "must be the next of the last page.") : null;
}
