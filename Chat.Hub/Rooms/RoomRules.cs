using Chat.Contracts;

namespace Chat.Hub.Rooms;

/// <summary>The form of a room's rules.</summary>
internal static class RoomRules
{
    public const int LongestPassword = 100;
    public const int MostSeats = 100_000;
    public const int LongestReason = 200;
    public const long LongestSeconds = 315_360_000;

    public static Error? CheckPassword(string password, int least) =>
        password.Length < least || password.Length > LongestPassword ? Refusal.Invalid("password", $"{least} to {LongestPassword} characters.") : null;

    public static Error? CheckSeats(int seats, int least) =>
        seats < least || seats > MostSeats ? Refusal.Invalid("seatLimit", $"from {least} to {MostSeats:N0}.") : null;

    public static Error? CheckReason(string? reason) =>
        reason is { Length: > LongestReason } ? Refusal.Invalid("reason", $"at most {LongestReason} characters.")
        : reason?.Any(c => char.IsControl(c) && c is not '\n') is true || HasHalf(reason) ? Refusal.Invalid("reason", "no control characters.")
        : null;

    public static Error? CheckSeconds(long seconds, long least) =>
        seconds < least || seconds > LongestSeconds ? Refusal.Invalid("seconds", $"from {least} to {LongestSeconds:N0}.") : null;

    public static Error Taken(string name) => Refusal.Of(ErrorCode.NameTaken, $"There is a room named \"{name}\" already.");

    private static bool HasHalf(string? text) => text?.EnumerateRunes().Any(rune => rune == System.Text.Rune.ReplacementChar) is true;
}
