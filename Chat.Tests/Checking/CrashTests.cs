using Chat.Bench.Checking;
using Chat.Bench.Crashes;

namespace Chat.Tests.Checking;

/// <summary>Fifty programs are started and killed.</summary>
public sealed class CrashTests
{
    [Fact]
    public async Task A_program_killed_fifty_times_between_writing_and_acknowledgement_sends_each_message_exactly_once()
    {
        var (report, output) = await Run(new CrashPlan(Kills: 50, Seed: Random.Shared.Next()));
        report.IsClean.Should().BeTrue(output);
        report.Waiting.Count(waiting => waiting > 0).Should().BeGreaterThan(25, "most kills are to come in between: {0}", output);
    }

    [Fact]
    public async Task Without_an_outbox_file_messages_are_lost_and_that_is_found()
    {
        var (report, output) = await Run(new CrashPlan(Kills: 4, Seed: Random.Shared.Next(), IsForgetful: true));
        report.Found[Flaw.Lost].Should().BePositive(output);
    }

    [Fact]
    public void A_message_that_is_lost_doubled_or_out_of_order_is_told()
    {
        CrashCheck.Run(["1.1", "1.2", "2.1"], ["1.1", "1.2", "1.3", "2.1"]).Count.Should().Be(0);
        CrashCheck.Run(["1.1", "1.2"], ["1.1"])[Flaw.Lost].Should().Be(1);
        CrashCheck.Run(["1.1", "1.2"], ["1.1", "1.2", "1.2"])[Flaw.Doubled].Should().Be(1);
        CrashCheck.Run(["1.9", "1.10"], ["1.10", "1.9"])[Flaw.Reordered].Should().Be(1);
    }

    private static async Task<(CrashReport Report, string Output)> Run(CrashPlan plan)
    {
        await using var output = new StringWriter();
        var report = await new CrashRun(plan, output).RunAsync(default).WaitAsync(TimeSpan.FromMinutes(10));
        return (report, output.ToString());
    }
}
