using Chat.Bench.Chaos;
using Chat.Bench.Checking;

namespace Chat.Tests.Checking;

/// <summary>Runs alone: three nodes and all that is around them, broken one after the other under load.</summary>
[Collection(nameof(HistoryTests))]
public sealed class ChaosTests
{
    [Fact]
    public async Task Three_minutes_of_breaking_things_lose_double_and_reorder_nothing_and_leave_everybody_seen_as_they_are()
    {
        var (report, output) = await Run(new ChaosPlan { Duration = TimeSpan.FromMinutes(3), Seed = Random.Shared.Next() });
        report.IsClean.Should().BeTrue(output);
    }

    [Theory]
    [InlineData("EarlyPublish", "node-killed", "Phantom")]
    [InlineData("NoHeads", "redis-away", "Differing")]
    [InlineData("NoConstraint", "nginx-reloaded", "Doubled")]
    public async Task A_bug_that_is_put_in_on_purpose_is_found(string defect, string fault, string flaw)
    {
        var (report, output) = await Run(new ChaosPlan
        {
            Duration = TimeSpan.FromSeconds(40),
            Seed = Random.Shared.Next(),
            Clients = 9,
            Faults = [fault],
            Defect = Enum.Parse<Defect>(defect),
        });
        report.Found[Enum.Parse<Flaw>(flaw)].Should().BePositive(output);
    }

    private static async Task<(ChaosReport Report, string Output)> Run(ChaosPlan plan)
    {
        await using var output = new StringWriter();
        var report = await new ChaosRun(plan, TextWriter.Synchronized(output)).RunAsync(default).WaitAsync(TimeSpan.FromMinutes(10));
        return (report, output.ToString());
    }
}
