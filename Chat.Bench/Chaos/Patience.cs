namespace Chat.Bench.Chaos;

/// <summary>How long things may take.</summary>
internal static class Patience
{
    /// <summary>From the end of a fault until everybody is connected and shows what the store has.</summary>
    public static readonly TimeSpan Settling = TimeSpan.FromSeconds(30);

    /// <summary>From then on until everybody is seen as they are.</summary>
    public static readonly TimeSpan Presence = TimeSpan.FromSeconds(20);

    /// <summary>With Redis away: from a message's acknowledgement until the other nodes' people see it. The promise is 2 s; the rest is for a machine that is busy with something else.</summary>
    public static readonly TimeSpan AcrossNodes = TimeSpan.FromSeconds(4);

    /// <summary>With Redis away: from the moment that nobody begins anything more until all show the same.</summary>
    public static readonly TimeSpan LastWord = TimeSpan.FromSeconds(10);

    /// <summary>A new sign-in and connection, whatever is broken.</summary>
    public static readonly TimeSpan NewConnection = TimeSpan.FromSeconds(5);

    /// <summary>From SIGTERM to the end of the process: the grace and what ends after it.</summary>
    public static readonly TimeSpan Stop = TimeSpan.FromSeconds(30);

    /// <summary>What a stalled reader may add to the others' delays, at the 99th percentile. The promise is 100 ms; what this must find are the 10 s for which a room stands still that waits, on a machine that may be busy.</summary>
    public static readonly TimeSpan StalledReader = TimeSpan.FromSeconds(5);
}
