namespace Chat.Bench.Costs;

/// <summary>Measures one part after the other, each with servers of its own, and prints what it found.</summary>
internal sealed class CostsRun(CostsPlan plan, TextWriter output)
{
    public static readonly IReadOnlyDictionary<string, Func<CostsPlan, Figures, string, CancellationToken, Task>> Parts =
        new Dictionary<string, Func<CostsPlan, Figures, string, CancellationToken, Task>>
        {
            ["roster"] = RosterCosts.MeasureAsync,
            ["poll"] = PollCosts.MeasureAsync,
            ["idle"] = IdleCosts.MeasureAsync,
            ["rooms"] = RoomCosts.MeasureAsync,
            ["messages"] = MessageCosts.MeasureAsync,
            ["nodes"] = NodesCosts.MeasureAsync,
        };

    public async Task RunAsync(CancellationToken cancellation)
    {
        // Servers get the first core, this program the second: what it needs itself is not what they have less of.
        Cores.UseFor(Environment.ProcessId, Cores.OfLoad);
        var figures = new Figures(output);
        await output.WriteLineAsync(Machine.Describe());
        foreach (var (name, measure) in Parts)
        {
            if (plan.Only.Count > 0 && !plan.Only.Contains(name)) continue;
            // Not a temporary folder of this user alone: PostgreSQL and nginx run as others.
            var folder = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), $"chat-costs-{Guid.NewGuid():N}")).FullName;
            try
            {
                await measure(plan, figures, folder, cancellation);
            }
            finally
            {
                Directory.Delete(folder, recursive: true);
            }
        }
        await output.WriteLineAsync($"\n{Machine.Describe()}\n\n{figures.Table()}");
    }
}
