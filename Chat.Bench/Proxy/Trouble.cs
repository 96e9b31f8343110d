namespace Chat.Bench.Proxy;

/// <summary>What a network does to connections.</summary>
internal enum TroubleKind
{
    /// <summary>Both sides are told in order that it ends (FIN).</summary>
    Cut,

    /// <summary>Both sides are told rudely (RST).</summary>
    Reset,

    /// <summary>Some bytes of what comes next get through, then both sides are told rudely.</summary>
    ResetInFrame,

    /// <summary>Nothing gets through for a while, either way; then all of it.</summary>
    Stall,

    /// <summary>Nothing reaches the server for a while; then all of it.</summary>
    StallToServer,

    /// <summary>Nothing reaches the client for a while; then all of it.</summary>
    StallToClient,

    /// <summary>All comes late for a while, and unevenly so.</summary>
    Delay,

    /// <summary>All comes in small pieces for a while.</summary>
    Trickle,

    /// <summary>For ever, nothing gets through and nobody is told; new connections fare the same for a while.</summary>
    BlackHole,

    /// <summary>The server's side ends, and the client is never told.</summary>
    ServerGone,

    /// <summary>The client's side ends, and the server is never told.</summary>
    ClientGone,

    /// <summary>New connections are refused for a while.</summary>
    Refuse,
}

/// <summary>One thing that happens.</summary>
/// <param name="After">How long after the one before.</param>
/// <param name="Kind">What.</param>
/// <param name="Share">How many of the connections it meets, from 0 (one of them) to 1 (all).</param>
/// <param name="Lasting">How long it lasts, where it does.</param>
/// <param name="Latency">Of a delay: the shortest; as much again is left to chance. Of a trickle: between pieces.</param>
internal sealed record Trouble(TimeSpan After, TroubleKind Kind, double Share, TimeSpan Lasting, TimeSpan Latency)
{
    private static readonly TroubleKind[] All = Enum.GetValues<TroubleKind>();

    /// <summary>Troubles without end, in rounds in which each kind comes once, in another order each time.</summary>
    public static IEnumerable<Trouble> Chosen(Random random)
    {
        while (true)
        {
            var kinds = All.ToArray();
            random.Shuffle(kinds);
            foreach (var kind in kinds) yield return Of(kind, random);
        }
    }

    public override string ToString() =>
        $"{Kind} of {Share switch { 0 => "one", 1 => "all", _ => $"{Share:P0}" }}, {Lasting.TotalSeconds:F1} s, {Latency.TotalMilliseconds:F0} ms";

    private static Trouble Of(TroubleKind kind, Random random) => new(
        TimeSpan.FromMilliseconds(random.Next(100, 900)),
        kind,
        random.Next(100) switch { < 25 => 0, < 92 => random.Next(1, 9) * 0.05, _ => 1 },
        TimeSpan.FromMilliseconds(random.Next(300, 4_000)),
        TimeSpan.FromMilliseconds(random.Next(5, 250)));
}
