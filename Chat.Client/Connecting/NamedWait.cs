namespace Chat.Client.Connecting;

/// <summary>A wait that somebody else named, within reason: a mistake of theirs must neither end the client nor keep it away for days.</summary>
internal static class NamedWait
{
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    public static TimeSpan OfMs(long ms) => Of(TimeSpan.FromMilliseconds(Math.Clamp(ms, 0, (long)Longest.TotalMilliseconds)));

    public static TimeSpan Of(TimeSpan wait) => wait < TimeSpan.Zero ? TimeSpan.Zero : wait > Longest ? Longest : wait;
}
