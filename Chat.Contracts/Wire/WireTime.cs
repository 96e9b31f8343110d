using System.Globalization;

namespace Chat.Contracts.Wire;

/// <summary>How a moment travels: ISO 8601 in UTC, "2026-01-31T12:00:00.123Z", trailing zeros of the fraction left out.</summary>
internal static class WireTime
{
    /// <summary>Characters that a moment takes at most.</summary>
    public const int MostCharacters = 28;

    private const string Format = "yyyy-MM-ddTHH:mm:ss.FFFFFFFK";

    public static string ToWire(DateTimeOffset time) => time.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture);

    /// <returns>How many characters were written.</returns>
    public static int ToWire(DateTimeOffset time, Span<char> text) =>
        time.UtcDateTime.TryFormat(text, out var written, Format, CultureInfo.InvariantCulture)
            ? written
            : throw new ArgumentException($"A moment takes up to {MostCharacters} characters.", nameof(text));

    /// <exception cref="FormatException">The text is not a moment.</exception>
    public static DateTimeOffset FromWire(string? text) =>
        DateTimeOffset.Parse(text ?? "", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);
}
