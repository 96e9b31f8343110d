using System.Globalization;
using Chat.Bench.Checking;

namespace Chat.Bench.Chaos;

/// <summary>What a run found.</summary>
internal sealed class ChaosReport(ChaosPlan plan)
{
    private readonly List<Round> rounds = [];
    private int acknowledged;
    private int stored;

    /// <summary>All that is wrong.</summary>
    public Findings Found { get; } = new();

    /// <summary>Pairs of the twins of which both were answered.</summary>
    public int Pairs { get; set; }

    public bool IsClean => Found.Count is 0 && acknowledged > 0 && rounds.Count > 0;

    public void Add(Round round, Findings found, HistoryReport history)
    {
        rounds.Add(round);
        Found.Add(found);
        (acknowledged, stored) = (history.Acknowledged, history.Stored);
    }

    public static string LineOf(Round round)
    {
        var (news, settlement) = (round.News, round.Settlement);
        return $"{round.Fault,-16} connected {In(settlement.Connected),5}, all shown {In(settlement.Seen),5}, presence {In(settlement.Presence),5}; "
            + $"away at most {news.LongestAwayMs / 1000:F1} s, {news.Reconnects} reconnects, {news.Errors.Count} errors seen, delays {round.Delays}";
    }

    public override string ToString() => string.Join(
        '\n',
        [
            "",
            $"seed {plan.Seed}, {plan.Clients} clients{(plan.Defect is Defect.None ? "" : $", spoiled by {plan.Defect}")}: {acknowledged:N0} messages acknowledged, {stored:N0} stored (system messages included), "
                + $"{rounds.Sum(round => round.Delays.Count):N0} deliveries checked, {Pairs:N0} pairs of twins, {rounds.Count} faults",
            "",
            "| fault | times | connected again | all shown | presence right | longest without connection | reconnects | longest delivery | errors seen |",
            "|---|---|---|---|---|---|---|---|---|",
            .. rounds.GroupBy(round => round.Fault).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => Row(group.Key, [.. group])),
            "",
            Found.Count is 0 ? $"{(IsClean ? "PASS" : "FAIL: nothing was tried")}" : $"FAIL: {Found.Count} violations: {string.Join(", ", Enum.GetValues<Flaw>().Where(flaw => Found[flaw] > 0).Select(flaw => $"{flaw} {Found[flaw]}"))}",
            .. Found.Details.Select(detail => "  " + detail),
        ]);

    // The longest of each.
    private static string Row(string fault, List<Round> rounds) => string.Create(
        CultureInfo.InvariantCulture,
        $"| {fault} | {rounds.Count} | {Longest(rounds, settlement => settlement.Connected)} | {Longest(rounds, settlement => settlement.Seen)} | {Longest(rounds, settlement => settlement.Presence)} "
        + $"| {rounds.Max(round => round.News.LongestAwayMs) / 1000:F1} s | {rounds.Sum(round => round.News.Reconnects)} | {rounds.Max(round => round.Delays.Longest) / 1000:F1} s | {rounds.Sum(round => round.News.Errors.Count)} |");

    private static string Longest(List<Round> rounds, Func<Settlement, TimeSpan?> time) =>
        rounds.Any(round => time(round.Settlement) is null) ? "not" : In(rounds.Max(round => time(round.Settlement)));

    private static string In(TimeSpan? time) => time is { } span ? string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds:F1} s") : "not";
}
