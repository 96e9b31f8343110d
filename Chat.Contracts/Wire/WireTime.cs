using System.Globalization;

namespace Chat.Contracts.Wire;

/// <summary>How a moment travels: ISO 8601 in UTC, "2026-01-31T12:00:00.123Z", trailing zeros of the fraction left out.</summary>
internal static class WireTime
{
    /// <summary>Characters that a moment takes at most.</summary>
    public const int MostCharacters = 28;

    public static string ToWire(DateTimeOffset time)
    {
        Span<char> text = stackalloc char[MostCharacters];
        return text[..ToWire(time, text)].ToString();
    }

    /// <returns>How many characters were written.</returns>
    public static int ToWire(DateTimeOffset time, Span<char> text)
    {
        // By hand: each message has one, and a format is taken apart each time.
        if (text.Length < MostCharacters) throw new ArgumentException($"A moment takes up to {MostCharacters} characters.", nameof(text));
        var utc = time.UtcDateTime;
        Write(utc.Year, text[..4]);
        Write('-', utc.Month, text[4..7]);
        Write('-', utc.Day, text[7..10]);
        Write('T', utc.Hour, text[10..13]);
        Write(':', utc.Minute, text[13..16]);
        Write(':', utc.Second, text[16..19]);
        var end = 19;
        if (utc.Ticks % TimeSpan.TicksPerSecond is > 0 and var fraction)
        {
            end = 27;
            Write('.', (int)fraction, text[19..end]);
            while (text[end - 1] is '0') end--;
        }
        text[end] = 'Z';
        return end + 1;
    }

    /// <exception cref="FormatException">The text is not a moment.</exception>
    public static DateTimeOffset FromWire(string? text) =>
        DateTimeOffset.Parse(text ?? "", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);

    private static void Write(char before, int number, Span<char> text)
    {
        text[0] = before;
        Write(number, text[1..]);
    }

    private static void Write(int number, Span<char> text)
    {
        for (var at = text.Length - 1; at >= 0; at--)
        {
            text[at] = (char)('0' + number % 10);
            number /= 10;
        }
    }
}
