using System.Globalization;
using Chat.Bench.Costs;
using Chat.Bench.Load.Clients;
using Chat.Bench.Load.Targets;
using Chat.Bench.Load.Workloads;

namespace Chat.Bench.Load;

/// <summary>Lets all targets do one workload after the other, alternating in its rounds, and prints a table.</summary>
internal sealed class LoadRun(LoadPlan plan, TextWriter output)
{
    public static readonly IReadOnlyDictionary<string, Func<string, bool, Target>> Targets = new Dictionary<string, Func<string, bool, Target>>
    {
        ["plain"] = (folder, isPinned) => new PlainHubTarget(folder, isPinned),
        ["chat"] = (folder, isPinned) => new ChatTarget(folder, isPinned),
        ["socket.io"] = (folder, isPinned) => new SocketIoTarget(folder, isPinned),
    };

    public static readonly IReadOnlyList<Workload> Workloads =
    [
        new Talking("room-100", new(Rooms: 1, People: 100, Speaking: 16), null, isPerMessage: false, ""),
        new Talking("room-1000", new(Rooms: 1, People: 1_000, Speaking: 16), null, isPerMessage: false, "0.75 ×"),
        new Talking("room-5000", new(Rooms: 1, People: 5_000, Speaking: 16), null, isPerMessage: false, "0.6 ×"),
        new Talking("room-10000", new(Rooms: 1, People: 10_000, Speaking: 16), null, isPerMessage: false, ""),
        new Talking("room-1000-slow", new(Rooms: 1, People: 1_000, Speaking: 16), 10, isPerMessage: false, "1.1 ×"),
        new Talking("rooms", new(Rooms: 100, People: 10, Speaking: 5), 1_000, isPerMessage: false, "1.3 ×"),
        new Talking("acks", new(Rooms: 64, People: 1, Speaking: 1), null, isPerMessage: true, "2.5 ×"),
        new Lone(),
        new Idle(),
        new Storm(),
        new Stalled(),
        new Talking("nodes", new(Rooms: 1, People: 1_000, Speaking: 16), null, isPerMessage: false, "0.8 ×", nodes: 3),
        new CatchUp(),
        new Grown(),
        new Office(),
    ];

    private double others;
    private double busiest;

    /// <exception cref="LoadException">Something was lost, doubled, out of order or refused.</exception>
    public async Task<LoadTable> RunAsync(CancellationToken cancellation)
    {
        if (plan.IsPinned) Cores.UseFor(Environment.ProcessId, Cores.OfLoad);
        await output.WriteLineAsync(Machine.Describe());
        var chosen = Targets.Where(target => plan.Targets.Count is 0 || plan.Targets.Contains(target.Key)).ToDictionary();
        if (chosen.ContainsKey("socket.io") && !await SocketIoTarget.IsThereAsync(output, cancellation)) chosen.Remove("socket.io");
        var table = new LoadTable([.. chosen.Values.Select(make => make("", false).Name)]);
        foreach (var workload in Workloads.Where(workload => plan.Only.Count is 0 || plan.Only.Contains(workload.Name)))
        {
            // Not a temporary folder of this user alone: PostgreSQL runs as another.
            var folder = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), $"chat-load-{Guid.NewGuid():N}")).FullName;
            try
            {
                table.Add(workload, await MeasureAsync(workload, chosen.Values, folder, cancellation));
            }
            finally
            {
                Directory.Delete(folder, recursive: true);
            }
        }
        await output.WriteLineAsync($"\n{Machine.Describe()}");
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
            $"{(plan.IsMessagePack ? "MessagePack" : "JSON")}; {plan.Warm.TotalSeconds:N0} s warm, median of {plan.Rounds} rounds of {plan.Round.TotalSeconds:N0} s; others took up to {others:P0} of the cores, the load up to {busiest:P0} of its own.\n"));
        await output.WriteLineAsync($"{table}");
        return table;
    }

    private async Task<Dictionary<string, List<Round>>> MeasureAsync(
        Workload workload, IEnumerable<Func<string, bool, Target>> makers, string folder, CancellationToken cancellation)
    {
        var found = new Dictionary<string, List<Round>>();
        var bouts = new List<(Target Target, Bout Bout)>();
        var targets = new List<Target>();
        using var swarm = new Swarm(plan.Sabotage);
        try
        {
            foreach (var target in makers.Select((make, i) => make(Directory.CreateDirectory(Path.Combine(folder, $"{i}")).FullName, plan.IsPinned)).Where(workload.Fits))
            {
                targets.Add(target);
                await target.StartAsync(workload.Nodes, cancellation);
                bouts.Add((target, await workload.PrepareAsync(target, swarm, plan, cancellation)));
            }
            foreach (var (_, bout) in bouts) await bout.WarmAsync(plan.Warm, cancellation);
            for (var number = 0; number < plan.Rounds; number++)
            {
                foreach (var (target, bout) in bouts)
                {
                    var round = await bout.RoundAsync(plan.Round, cancellation);
                    await TellAsync(workload, target, round);
                    if (!found.TryGetValue(target.Name, out var rounds)) found[target.Name] = rounds = [];
                    rounds.Add(round);
                }
            }
        }
        finally
        {
            foreach (var target in targets) await target.DisposeAsync();
        }
        return found;
    }

    private Task TellAsync(Workload workload, Target target, Round round)
    {
        (others, busiest) = (Math.Max(others, round.Used.Others), Math.Max(busiest, round.Used.Load));
        var values = workload.Figures.Zip(round.Values).Select(pair => $"{LoadTable.Text(pair.Second)} {pair.First.Unit}");
        return output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
            $"{workload.Name}, {target.Name}: {string.Join(", ", values)}; server busy {round.Used.Microseconds / round.Used.Time.TotalMicroseconds:P0}, load {round.Used.Load:P0}, others {round.Used.Others:P0}"));
    }
}
