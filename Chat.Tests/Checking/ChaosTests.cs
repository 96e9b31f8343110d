using Chat.Bench.Chaos;

namespace Chat.Tests.Checking;

/// <summary>Three nodes and all that is around them, broken one after the other under load.</summary>
public sealed class ChaosTests
{
    [Fact]
    public async Task Three_minutes_of_breaking_things_lose_double_and_reorder_nothing_and_leave_everybody_seen_as_they_are()
    {
        var (report, output) = await Run(new ChaosPlan { Duration = TimeSpan.FromMinutes(3), Seed = Random.Shared.Next() });
        report.IsClean.Should().BeTrue(output);
    }

    internal static async Task<(ChaosReport Report, string Output)> Run(ChaosPlan plan)
    {
        await using var output = new StringWriter();
        var report = await new ChaosRun(plan, TextWriter.Synchronized(output)).RunAsync(default).WaitAsync(TimeSpan.FromMinutes(10));
        return (report, output.ToString());
    }
}
