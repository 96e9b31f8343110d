namespace Chat.Bench.Chaos;

/// <summary>How long after a fault things were whole again; null: not in time.</summary>
internal sealed record Settlement
{
    /// <summary>Until everybody was connected.</summary>
    public TimeSpan? Connected { get; init; }

    /// <summary>Until what everybody had written was stored, and all showed what the store has.</summary>
    public TimeSpan? Seen { get; init; }

    /// <summary>Until everybody was seen as they are.</summary>
    public TimeSpan? Presence { get; init; }
}
