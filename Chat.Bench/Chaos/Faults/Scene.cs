using Chat.Bench.Chaos.Clients;
using Chat.Bench.Checking;

namespace Chat.Bench.Chaos.Faults;

/// <summary>What a fault has to do with.</summary>
/// <param name="Cluster">What can be broken.</param>
/// <param name="Company">Who suffers from it.</param>
/// <param name="Round">Where it is written down.</param>
/// <param name="Settling">Compares them with the store.</param>
/// <param name="Random">All chance in it.</param>
/// <param name="Findings">What was seen to be wrong meanwhile.</param>
/// <param name="Note">A line for whoever reads along.</param>
internal sealed record Scene(Cluster Cluster, Company Company, Round Round, Settling Settling, Random Random, Findings Findings, Action<string> Note)
{
    public ServerProcess AnyNode => Cluster.Nodes[Random.Next(Cluster.Nodes.Count)];
}
