namespace Chat.Bench.Chaos;

/// <summary>What a run does.</summary>
internal sealed record ChaosPlan
{
    /// <summary>Faults go on until so much time has passed; the last one is brought to its end.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>Of the order of the faults and of everything else that is left to chance.</summary>
    public required int Seed { get; init; }

    /// <summary>How many clients, a third of them in JavaScript.</summary>
    public int Clients { get; init; } = 18;

    /// <summary>Names of the faults to inject; all when empty.</summary>
    public IReadOnlyList<string> Faults { get; init; } = [];

    public Defect Defect { get; init; }

    /// <summary>Keeps the folder with all logs also when nothing was found.</summary>
    public bool Keep { get; init; }
}

/// <summary>Ways to spoil the nodes, each of which a run must find.</summary>
internal enum Defect
{
    None,

    /// <summary>Records are told before they are committed.</summary>
    EarlyPublish,

    /// <summary>No node learns from the store what it did not hear of, and none tells heads.</summary>
    NoHeads,

    /// <summary>The store lets one client id be used twice.</summary>
    NoConstraint,
}
