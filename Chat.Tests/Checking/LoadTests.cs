using Chat.Bench.Load;
using Chat.Bench.Load.Clients;
using Chat.Hub.Delivery;

namespace Chat.Tests.Checking;

/// <summary>Runs alone: two servers as processes of their own, under load.</summary>
[Collection(nameof(HistoryTests))]
public sealed class LoadTests
{
    // Nothing is measured here: it is to be seen that it works, and that it would notice.
    private static readonly LoadPlan Short = new()
    {
        Only = ["room-100"],
        Targets = ["plain", "chat"],
        Rounds = 1,
        Warm = TimeSpan.FromMilliseconds(200),
        Round = TimeSpan.FromMilliseconds(500),
        MostInRoom = 20,
        IsPinned = false,
    };

    [Fact]
    public async Task The_load_generator_finds_each_delivery_of_Chat_and_of_a_plain_hub_once_and_in_order_in_both_protocols()
    {
        // Those who speak do it in JSON, the others listen in MessagePack.
        var (table, output) = await Run(Short with { IsMessagePack = true });
        table.Should().MatchRegex(@"room-100 \| µs per delivery \| [0-9.,]+ \| [0-9.,]+ \| [0-9.]+ ×", output);
    }

    [Fact]
    public async Task A_room_so_large_that_it_rests_between_tellings_hears_each_message_once_and_in_order()
    {
        // Few speak: after each telling the room rests, and what comes is held.
        var (table, output) = await Run(Short with { Only = ["room-1000"], Targets = ["chat"], MostInRoom = Lane.Large + 20, Senders = 4 });
        table.Should().MatchRegex(@"room-1000 \| µs per delivery \| [0-9.,]+ \|", output);
    }

    [Theory]
    [InlineData(nameof(Sabotage.Drop), "*lost*")]
    [InlineData(nameof(Sabotage.Double), "*doubled*")]
    public async Task A_delivery_that_is_taken_away_or_comes_twice_fails_the_run(string sabotage, string words)
    {
        var run = () => Run(Short with { Sabotage = Enum.Parse<Sabotage>(sabotage), Targets = ["plain"] });
        await run.Should().ThrowAsync<LoadException>().WithMessage(words);
    }

    private static async Task<(string Table, string Output)> Run(LoadPlan plan)
    {
        await using var output = new StringWriter();
        var table = await new LoadRun(plan, TextWriter.Synchronized(output)).RunAsync(default).WaitAsync(TimeSpan.FromMinutes(2));
        return ($"{table}", output.ToString());
    }
}
