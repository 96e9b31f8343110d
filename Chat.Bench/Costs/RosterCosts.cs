using System.Diagnostics;
using Chat.Contracts;
using Chat.Hub.Nodes;
using Chat.Hub.Presence;

namespace Chat.Bench.Costs;

/// <summary>What it costs each node to know of somebody on another one: Chat's own roster, in this process, so that the collector can be asked.</summary>
internal static class RosterCosts
{
    private const int People = 100_000;

    public static Task MeasureAsync(CostsPlan plan, Figures figures, string folder, CancellationToken cancellation)
    {
        List<double> bytes = [], coming = [], changing = [];
        for (var round = 0; round < plan.Rounds + 1; round++)
        {
            var people = Make();
            var before = GC.GetTotalMemory(forceFullCollection: true);
            var (roster, node) = (new Roster(), Guid.NewGuid());
            var came = Time(() => people.ForEach(person => roster.Put(node, person)));
            var after = GC.GetTotalMemory(forceFullCollection: true);
            var changed = Time(() => people.ForEach(person => roster.Put(node, person with { Status = PresenceStatus.Away })));
            GC.KeepAlive(roster);
            // The first round is the warm-up.
            if (round is 0) continue;
            bytes.Add((after - before) / (double)People);
            coming.Add(came);
            changing.Add(changed);
        }
        // The people themselves were made before: an array of 11 ids and the record.
        figures.Add("roster, on every node: memory for each person on any node, in 11 rooms", "bytes", [.. bytes.Select(value => value + 24 + 11 * 16 + 48)]);
        figures.Add("roster: somebody comes", "µs", coming);
        figures.Add("roster: somebody is seen differently", "µs", changing);
        return Task.CompletedTask;
    }

    // Ten rooms of 20, and the one that all are in.
    private static List<NodePerson> Make()
    {
        var general = Guid.NewGuid();
        var rooms = Enumerable.Range(0, People / 2).Select(_ => Guid.NewGuid()).ToArray();
        return [.. Enumerable.Range(0, People).Select(person => new NodePerson(
            Guid.NewGuid(), PresenceStatus.Online, [general, .. Enumerable.Range(0, 10).Select(i => rooms[person / 20 * 10 + i])]))];
    }

    private static double Time(Action act)
    {
        var clock = Stopwatch.StartNew();
        act();
        return clock.Elapsed.TotalMicroseconds / People;
    }
}
