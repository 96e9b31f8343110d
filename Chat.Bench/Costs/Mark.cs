namespace Chat.Bench.Costs;

/// <summary>Counts a text in a stream that comes in pieces: cheaper than reading it, and the same in both protocols.</summary>
internal sealed class Mark(byte[] text)
{
    public const int Longest = 32;

    /// <summary>How often it ends in the last bytes of the window.</summary>
    /// <param name="window">Some of the old bytes, then the fresh ones.</param>
    /// <param name="fresh">How many are fresh.</param>
    public int CountIn(ReadOnlySpan<byte> window, int fresh)
    {
        var rest = window[Math.Max(0, window.Length - fresh - (text.Length - 1))..];
        var found = 0;
        for (int at; (at = rest.IndexOf(text)) >= 0; rest = rest[(at + text.Length)..]) found++;
        return found;
    }
}
