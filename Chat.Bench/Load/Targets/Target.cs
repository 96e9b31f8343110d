using System.Net;
using Chat.Bench.Load.Clients;

namespace Chat.Bench.Load.Targets;

/// <summary>A server that is measured, as processes of its own.</summary>
/// <param name="name">As the table has it.</param>
internal abstract class Target(string name) : IAsyncDisposable
{
    public string Name => name;

    public abstract IReadOnlyList<IPEndPoint> Nodes { get; }

    /// <summary>All that is paid for the work: the nodes and what they stand on.</summary>
    public abstract IReadOnlyList<int> Processes { get; }

    /// <summary>Starts it: one node alone, or several with what they need to hear of each other.</summary>
    public abstract Task StartAsync(int nodes, CancellationToken cancellation);

    /// <summary>Makes people and the rooms they are members of, by number. Nobody is connected afterwards.</summary>
    public abstract Task GatherAsync(IReadOnlyList<IReadOnlyList<int>> roomsOf, CancellationToken cancellation);

    /// <summary>How one of them comes in and hears its rooms.</summary>
    /// <param name="person">By number.</param>
    /// <param name="node">By number.</param>
    /// <param name="isMessagePack">Where it is spoken.</param>
    public abstract Seat SeatOf(int person, int node, bool isMessagePack);

    /// <summary>A call that says <see cref="Numbered.Text"/> in a room.</summary>
    public abstract string CallTo(int room);

    public abstract ValueTask DisposeAsync();
}
