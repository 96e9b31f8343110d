using Chat.Bench.Checking;

namespace Chat.Bench.Faults;

/// <summary>What a run does.</summary>
internal sealed record FaultsPlan
{
    /// <summary>For how long faults happen, in rounds of at most a minute; what it takes to settle comes on top.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>Of what happens to connections and when.</summary>
    public required int Seed { get; init; }

    /// <summary>How many .NET clients.</summary>
    public int Net { get; init; } = 50;

    /// <summary>How many JavaScript clients, in one Node process.</summary>
    public int Script { get; init; } = 10;

    /// <summary>Spoils the store before the check, which must find it.</summary>
    public Sabotage Sabotage { get; init; }

    /// <summary>Keeps the folder with the store and the logs also when nothing was found.</summary>
    public bool Keep { get; init; }
}
