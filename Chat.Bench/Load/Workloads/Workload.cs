using Chat.Bench.Load.Clients;
using Chat.Bench.Load.Targets;

namespace Chat.Bench.Load.Workloads;

/// <summary>One kind of work, done by each target in turn.</summary>
/// <param name="name">On the command line and in the table.</param>
/// <param name="figures">What is told of each round.</param>
internal abstract class Workload(string name, params IReadOnlyList<Figure> figures)
{
    public string Name => name;

    public IReadOnlyList<Figure> Figures => figures;

    /// <summary>How many nodes each target has.</summary>
    public virtual int Nodes => 1;

    /// <summary>Whether a target can do it at all.</summary>
    public virtual bool Fits(Target target) => Nodes is 1 || target is not SocketIoTarget;

    /// <summary>Makes everything ready with a target that has just started.</summary>
    public abstract Task<Bout> PrepareAsync(Target target, Swarm swarm, LoadPlan plan, CancellationToken cancellation);
}

/// <summary>A row of the table.</summary>
/// <param name="Unit">With what it counts.</param>
/// <param name="Goal">Of Chat against the plain hub, as the table tells it; empty for what is only shown.</param>
internal sealed record Figure(string Unit, string Goal = "")
{
    /// <summary>Chat is set against the plain hub by difference, not by ratio.</summary>
    public bool IsDifference { get; init; }
}

/// <summary>One target with one workload.</summary>
internal abstract class Bout
{
    public abstract Task WarmAsync(TimeSpan time, CancellationToken cancellation);

    /// <summary>Measures once.</summary>
    /// <returns>A value for each of the workload's figures, and what was used.</returns>
    public abstract Task<Round> RoundAsync(TimeSpan time, CancellationToken cancellation);
}

/// <summary>What one round found.</summary>
internal sealed record Round(IReadOnlyList<double> Values, Metered Used);
