using Chat.Bench.Checking;

namespace Chat.Bench.Crashes;

/// <summary>What a run found.</summary>
/// <param name="Plan">What it did.</param>
/// <param name="Found">All that is wrong.</param>
/// <param name="Kept">Messages that were kept, by what the program said.</param>
/// <param name="Stored">Messages that arrived; one more for each kill that came before it was said that one is kept.</param>
/// <param name="Waiting">Of each kill: messages that were kept and not known to be stored.</param>
internal sealed record CrashReport(CrashPlan Plan, Findings Found, int Kept, int Stored, IReadOnlyList<int> Waiting)
{
    public bool IsClean => Found.Count is 0 && Kept >= Plan.Kills && Waiting.Count == Plan.Kills;

    public override string ToString() => string.Join(
        '\n',
        [
            $"seed {Plan.Seed}, {Plan.Kills} kills: {Kept:N0} messages kept, {Stored:N0} stored; with {Waiting.DefaultIfEmpty().Average():F1} messages on their way at each kill, "
                + $"at {Waiting.Count(waiting => waiting is 0)} kills with none",
            $"lost {Found[Flaw.Lost]}, doubled {Found[Flaw.Doubled]}, reordered {Found[Flaw.Reordered]}, not come to an end {Found[Flaw.Away]}",
            .. Found.Details.Select(detail => "  " + detail),
            IsClean ? "PASS" : "FAIL",
        ]);
}
