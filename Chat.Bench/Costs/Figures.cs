using System.Globalization;

namespace Chat.Bench.Costs;

/// <summary>What was found, each with its median and the range of its rounds.</summary>
internal sealed class Figures(TextWriter output)
{
    private readonly List<string> rows = [];

    /// <summary>Notes a figure; the same one of several rounds together.</summary>
    public void Add(string what, string unit, params IReadOnlyList<double> rounds)
    {
        var sorted = rounds.Order().ToList();
        var row = $"| {what} | {Text(sorted[sorted.Count / 2])} {unit} | {(sorted.Count > 1 ? $"{Text(sorted[0])} – {Text(sorted[^1])}" : "")} |";
        rows.Add(row);
        output.WriteLine(row);
    }

    public string Table() => string.Join('\n', ["| what | median | range of rounds |", "|---|---|---|", .. rows]);

    private static string Text(double value) => value.ToString(
        Math.Abs(value) switch { >= 100 => "N0", >= 10 => "N1", >= 1 => "N2", _ => "0.000" }, CultureInfo.InvariantCulture);
}
