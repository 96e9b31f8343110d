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
        var (report, output) = await Run(new FaultsPlan { Duration = TimeSpan.FromSeconds(12), Seed = Random.Shared.Next() });
        report.IsClean.Should().BeTrue(output);
        report.Times.Keys.Should().BeEquivalentTo(Enum.GetValues<TroubleKind>(), output);
    }

    [Fact]
    public async Task A_message_that_was_taken_away_on_purpose_is_found()
    {
        var (report, output) = await Run(new FaultsPlan { Duration = TimeSpan.FromSeconds(5), Seed = Random.Shared.Next(), Net = 4, Script = 2, Sabotage = Sabotage.Drop });
        report.Found[Flaw.Lost].Should().BePositive(output);
        report.Found[Flaw.Differing].Should().BePositive(output);
    }

    [Theory]
    [InlineData("1 2 3", null)]
    [InlineData("1 3", "Lost")]
    [InlineData("1 2 2 3", "Doubled")]
    [InlineData("1 2 3 1", "Reordered")]
    public void What_is_stored_of_somebody_in_a_room_is_all_of_it_once_in_order(string numbers, string? flaw)
    {
        var (room, author) = (Guid.NewGuid(), Guid.NewGuid());
        var messages = numbers.Split(' ').Select((number, i) => new StoredMessage(room, i + 1, i + 1, Guid.NewGuid(), author, Guid.NewGuid(), false, $"Net 7 #{number} @123")).ToList();
        var found = NumberedCheck.Run(new StoredHistory([], [], messages));
        found.Count.Should().Be(flaw is null ? 0 : 1);
        if (flaw is not null) found[Enum.Parse<Flaw>(flaw)].Should().Be(1);
    }

    private static async Task<(FaultsReport Report, string Output)> Run(FaultsPlan plan)
    {
        await using var output = new StringWriter();
        var report = await new FaultsRun(plan, TextWriter.Synchronized(output)).RunAsync(default).WaitAsync(TimeSpan.FromMinutes(5));
        return (report, output.ToString());
    }
}
