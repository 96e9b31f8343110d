using Chat.Bench.Checking;

namespace Chat.Tests.Checking;

/// <summary>Runs alone: it takes both cores, and what it measures is what survives.</summary>
[CollectionDefinition(nameof(HistoryTests), DisableParallelization = true)]
[Collection(nameof(HistoryTests))]
public sealed class HistoryTests
{
    [Fact]
    public async Task Nothing_acknowledged_is_lost_doubled_or_reordered_over_twenty_kills()
    {
        var (report, output) = await Run(new HistoryPlan(Kills: 20, Senders: 200, Rooms: 10, Seed: Random.Shared.Next()));
        report.IsClean.Should().BeTrue(output);
    }

    [Theory]
    [InlineData("Drop")]
    [InlineData("Double")]
    [InlineData("Swap")]
    public async Task The_check_finds_a_message_that_was_spoiled_on_purpose(string how)
    {
        var sabotage = Enum.Parse<Sabotage>(how);
        var (report, output) = await Run(new HistoryPlan(Kills: 1, Senders: 10, Rooms: 2, Seed: 1, sabotage));
        report.IsClean.Should().BeFalse();
        (sabotage switch { Sabotage.Drop => report.Found[Flaw.Lost], Sabotage.Double => report.Found[Flaw.Doubled], _ => report.Found[Flaw.Reordered] }).Should().BePositive(output);
        report.Found[Flaw.Differing].Should().Be(5, "every client of that room sees it, and no other: {0}", output);
    }

    private static async Task<(HistoryReport Report, string Output)> Run(HistoryPlan plan)
    {
        await using var output = new StringWriter();
        var report = await new HistoryRun(plan, output).RunAsync(default).WaitAsync(TimeSpan.FromMinutes(15));
        return (report, output.ToString());
    }
}
