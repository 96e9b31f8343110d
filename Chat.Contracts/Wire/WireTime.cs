using System.Globalization;

namespace Chat.Contracts.Wire;

/// <summary>How a moment travels: ISO 8601 in UTC, "2026-01-31T12:00:00.123Z", trailing zeros of the fraction left out.</summary>
internal static class WireTime
{
    public static string ToWire(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture);

    /// <exception cref="FormatException">The text is not a moment.</exception>
    public static DateTimeOffset FromWire(string? text) =>
        DateTimeOffset.Parse(text ?? "", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);
}
