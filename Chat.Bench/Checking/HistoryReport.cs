namespace Chat.Bench.Checking;

/// <summary>What a run of <c>history</c> found.</summary>
internal sealed record HistoryReport(Findings Found, int Acknowledged, int Stored, int Clients, int Resets)
{
    public bool IsClean => Found.Count is 0 && Acknowledged > 0;

    public override string ToString() => string.Join(
        '\n',
        [
            $"acknowledged {Acknowledged:N0}, stored {Stored:N0} (system messages included), clients compared {Clients:N0}, taken afresh {Resets:N0} times",
            $"lost {Found[Flaw.Lost]}, doubled {Found[Flaw.Doubled]}, reordered {Found[Flaw.Reordered]}, rooms with gaps {Found[Flaw.Gap]}, clients that differ {Found[Flaw.Differing]}",
            .. Found.Details.Select(detail => "  " + detail),
        ]);
}
