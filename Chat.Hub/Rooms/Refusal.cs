using Chat.Contracts;

namespace Chat.Hub.Rooms;

/// <summary>The refusals of the rules, in the words people read.</summary>
internal static class Refusal
{
    public static Error Invalid(string field, string rule) => Of(ErrorCode.Invalid, $"{field}: {rule}");

    public static Error NotFound(string what) => Of(ErrorCode.NotFound, $"There is no such {what}.");

    public static Error NotAMember => Of(ErrorCode.NotAMember, "You are not a member of this room.");

    public static Error Unavailable(TimeSpan retryAfter) =>
        Of(ErrorCode.Unavailable, "The server cannot store anything right now. Nothing is lost: try again shortly.", retryAfter);

    public static Error Of(ErrorCode code, string message, TimeSpan? retryAfter = null) => new()
    {
        Code = code,
        Message = message,
        RetryAfterMs = retryAfter is { } wait ? Math.Max(1, (long)Math.Ceiling(wait.TotalMilliseconds)) : null,
    };
}
