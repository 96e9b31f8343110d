namespace Chat.Bench.Proxy;

/// <summary>How it goes with one direction of a connection.</summary>
internal sealed record Weather
{
    public static readonly Weather Calm = new();

    /// <summary>Nothing gets through before this ends.</summary>
    public Task Held { get; init; } = Task.CompletedTask;

    /// <summary>Before each piece, at least; as much again is left to chance.</summary>
    public TimeSpan Latency { get; init; }

    /// <summary>The most bytes at once; null for all there are.</summary>
    public int? Piece { get; init; }

    /// <summary>What comes goes nowhere.</summary>
    public bool Swallows { get; init; }

    /// <summary>The next bytes get through in part, and are the last.</summary>
    public bool Breaks { get; init; }
}
