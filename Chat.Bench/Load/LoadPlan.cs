using Chat.Bench.Load.Clients;

namespace Chat.Bench.Load;

/// <summary>What a run measures, and how long.</summary>
internal sealed record LoadPlan
{
    /// <summary>How often each is measured; the median counts.</summary>
    public int Rounds { get; init; } = 3;

    /// <summary>Load before the first round, until .NET has compiled its best code.</summary>
    public TimeSpan Warm { get; init; } = TimeSpan.FromSeconds(30);

    public TimeSpan Round { get; init; } = TimeSpan.FromSeconds(8);

    /// <summary>Workloads by name; all where empty.</summary>
    public IReadOnlyList<string> Only { get; init; } = [];

    /// <summary>Targets by name; all where empty.</summary>
    public IReadOnlyList<string> Targets { get; init; } = [];

    /// <summary>Those who only listen speak MessagePack, where the server does.</summary>
    public bool IsMessagePack { get; init; }

    /// <summary>Connections of idle and storm.</summary>
    public int People { get; init; } = 2_000;

    /// <summary>Who lose their node in catch-up.</summary>
    public int Movers { get; init; } = 10_000;

    /// <summary>Messages of the long history, over 64 rooms.</summary>
    public long History { get; init; } = 10_000_000;

    /// <summary>How many speak in the one room; null for the workload's own 16.</summary>
    public int? Senders { get; init; }

    /// <summary>A smaller room than the workload's.</summary>
    public int MostInRoom { get; init; } = int.MaxValue;

    /// <summary>Servers and load get a core each.</summary>
    public bool IsPinned { get; init; } = true;

    public Sabotage Sabotage { get; init; }
}
