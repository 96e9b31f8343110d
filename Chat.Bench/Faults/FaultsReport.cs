using Chat.Bench.Chaos;
using Chat.Bench.Chaos.Clients;
using Chat.Bench.Checking;
using Chat.Bench.Proxy;

namespace Chat.Bench.Faults;

/// <summary>What a run found.</summary>
internal sealed class FaultsReport(FaultsPlan plan)
{
    private readonly SortedDictionary<TroubleKind, (int Times, int Met)> troubles = [];
    private readonly List<Settlement> settlements = [];
    private HistoryReport? history;

    /// <summary>All that is wrong.</summary>
    public Findings Found { get; } = new();

    /// <summary>How often a connection was lost and made again.</summary>
    public int Reconnects { get; private set; }

    /// <summary>The longest that a client was without a connection, in milliseconds.</summary>
    public double LongestAwayMs { get; private set; }

    /// <summary>How often each kind of fault happened.</summary>
    public IReadOnlyDictionary<TroubleKind, int> Times => troubles.ToDictionary(pair => pair.Key, pair => pair.Value.Times);

    public bool IsClean => Found.Count is 0 && history is { Acknowledged: > 0 } && Reconnects > 0;

    public void Add(Trouble trouble, int met)
    {
        var (times, all) = troubles.GetValueOrDefault(trouble.Kind);
        troubles[trouble.Kind] = (times + 1, all + met);
    }

    public void Add(ClientNews news)
    {
        Reconnects += news.Reconnects;
        LongestAwayMs = Math.Max(LongestAwayMs, news.LongestAwayMs);
        foreach (var error in news.Errors) Found.Add(Flaw.Error, $"{error}");
    }

    public void Add(Settlement settlement, HistoryReport checkedNow)
    {
        settlements.Add(settlement);
        history = checkedNow;
        Found.Add(checkedNow.Found);
    }

    public override string ToString() => string.Join(
        '\n',
        [
            "",
            $"seed {plan.Seed}, {plan.Net} .NET and {plan.Script} JavaScript clients, {plan.Duration.TotalMinutes:F1} minutes of faults: {history?.Acknowledged:N0} messages acknowledged, "
                + $"{history?.Stored:N0} stored (system messages included), {Reconnects:N0} reconnects, the longest without a connection {LongestAwayMs / 1000:F1} s",
            $"faults (connections met): {string.Join(", ", troubles.Select(pair => $"{WireName.Of(pair.Key)} {pair.Value.Times} ({pair.Value.Met:N0})"))}",
            $"level again after the faults, of {settlements.Count} rounds: connected within {Longest(one => one.Connected)}, all shown within {Longest(one => one.Seen)}",
            $"lost {Found[Flaw.Lost]}, doubled {Found[Flaw.Doubled]}, reordered {Found[Flaw.Reordered]}, rooms with gaps {Found[Flaw.Gap]}, "
                + $"clients that differ {Found[Flaw.Differing]}, not come back {Found[Flaw.Away]}, errors seen or restarts needed {Found[Flaw.Error]}",
            .. Found.Details.Select(detail => "  " + detail),
            IsClean ? "PASS" : Found.Count is 0 ? "FAIL: nothing was tried" : "FAIL",
        ]);

    private string Longest(Func<Settlement, TimeSpan?> time) =>
        settlements.Count is 0 || settlements.Any(one => time(one) is null) ? "(not)" : $"{settlements.Max(time)!.Value.TotalSeconds:F1} s";
}
