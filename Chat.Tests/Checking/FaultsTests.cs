using Chat.Bench.Checking;
using Chat.Bench.Faults;
using Chat.Bench.Proxy;

namespace Chat.Tests.Checking;

/// <summary>Runs alone: sixty clients take both cores.</summary>
[Collection(nameof(HistoryTests))]
public sealed class FaultsTests
{
    [Fact]
    public async Task Whatever_happens_to_connections_nothing_is_lost_doubled_or_reordered_and_no_client_needs_a_restart()
    {
        var (report, output) = await Run(new FaultsPlan { Duration = TimeSpan.FromSeconds(15), Seed = Random.Shared.Next() });
        report.IsClean.Should().BeTrue(output);
        report.Times.Keys.Should().BeEquivalentTo(Enum.GetValues<TroubleKind>(), output);
    }

    [Theory]
    [InlineData("Drop", "Lost")]
    [InlineData("Double", "Doubled")]
    [InlineData("Swap", "Reordered")]
    public async Task A_message_that_was_spoiled_on_purpose_is_found(string sabotage, string flaw)
    {
        var (report, output) = await Run(new FaultsPlan
        {
            Duration = TimeSpan.FromSeconds(2),
            Seed = Random.Shared.Next(),
            Net = 6,
            Script = 2,
            Sabotage = Enum.Parse<Sabotage>(sabotage),
        });
        report.Found[Enum.Parse<Flaw>(flaw)].Should().BePositive(output);
        report.Found[Flaw.Differing].Should().BePositive(output);
    }

    private static async Task<(FaultsReport Report, string Output)> Run(FaultsPlan plan)
    {
        await using var output = new StringWriter();
        var report = await new FaultsRun(plan, TextWriter.Synchronized(output)).RunAsync(default).WaitAsync(TimeSpan.FromMinutes(5));
        return (report, output.ToString());
    }
}
