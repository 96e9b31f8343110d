using System.Globalization;
using Chat.Bench.Load.Workloads;

namespace Chat.Bench.Load;

/// <summary>What was found, target beside target.</summary>
internal sealed class LoadTable(IReadOnlyList<string> targets)
{
    private const string Ours = "Chat";
    private const string Yardstick = "plain hub";

    private readonly List<string> rows =
    [
        $"| workload | unit | {string.Join(" | ", targets)} | {Ours} ÷ {Yardstick} | goal, at most or at least |",
        $"|---|---|{string.Concat(targets.Select(_ => "---|"))}---|---|",
    ];

    /// <summary>Adds a workload's rows.</summary>
    /// <param name="workload">Whose.</param>
    /// <param name="rounds">Of each target that did it.</param>
    public void Add(Workload workload, IReadOnlyDictionary<string, List<Round>> rounds)
    {
        foreach (var (i, figure) in workload.Figures.Index())
        {
            var values = rounds.ToDictionary(pair => pair.Key, pair => pair.Value.Select(round => round.Values[i]).Order().ToList());
            rows.Add($"| {workload.Name} | {figure.Unit} | {string.Join(" | ", targets.Select(target => Cell(values.GetValueOrDefault(target))))} | {Against(values, figure)} | {figure.Goal} |");
        }
    }

    public override string ToString() => string.Join('\n', rows);

    public static string Text(double value) => value.ToString(
        Math.Abs(value) switch { >= 100 => "N0", >= 10 => "N1", _ => "N2" }, CultureInfo.InvariantCulture);

    private static string Cell(List<double>? sorted) => sorted switch
    {
        null => "",
        [var only] => Text(only),
        _ => $"{Text(Median(sorted))} ({Text(sorted[0])} – {Text(sorted[^1])})",
    };

    private static string Against(Dictionary<string, List<double>> values, Figure figure)
    {
        if (!values.TryGetValue(Ours, out var ours) || !values.TryGetValue(Yardstick, out var theirs)) return "";
        return figure.IsDifference ? $"{Median(ours) - Median(theirs):+0.0;-0.0}" : $"{Median(ours) / Median(theirs):0.00} ×";
    }

    private static double Median(List<double> sorted) => sorted[sorted.Count / 2];
}
