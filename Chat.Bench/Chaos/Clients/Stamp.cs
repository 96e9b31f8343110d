using System.Diagnostics;
using System.Globalization;

namespace Chat.Bench.Chaos.Clients;

/// <summary>The moment of sending, at the end of a text: "hello @123". All processes of a machine share that clock (CLOCK_MONOTONIC).</summary>
internal static class Stamp
{
    public static string On(string text) => string.Create(CultureInfo.InvariantCulture, $"{text} @{Now}");

    /// <summary>How long ago the text was sent, in milliseconds; null without a stamp.</summary>
    public static double? AgeMs(string text)
    {
        var at = text.LastIndexOf('@');
        return at >= 0 && long.TryParse(text.AsSpan(at + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var sent) ? (Now - sent) / 1000.0 : null;
    }

    // Microseconds.
    private static long Now => (long)Stopwatch.GetElapsedTime(0).TotalMicroseconds;
}
