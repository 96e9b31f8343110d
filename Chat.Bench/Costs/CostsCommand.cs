using System.CommandLine;

namespace Chat.Bench.Costs;

/// <summary><c>costs</c>: what a connection, a delivery and a message cost in processor time, memory, wire and disk.</summary>
internal static class CostsCommand
{
    public static Command Make()
    {
        var people = new Option<int>("--people") { Description = "How many idle connections are measured.", DefaultValueFactory = _ => 1_500 };
        var room = new Option<int>("--room") { Description = "How many people are in the large room.", DefaultValueFactory = _ => 1_000 };
        var rounds = new Option<int>("--rounds") { Description = "How often each is measured; the median is told, and the range.", DefaultValueFactory = _ => 3 };
        var warm = new Option<int>("--warm-seconds") { Description = "Load before the first round, until .NET has compiled its best code.", DefaultValueFactory = _ => 30 };
        var seconds = new Option<int>("--round-seconds") { Description = "Of load in each round.", DefaultValueFactory = _ => 10 };
        var only = new Option<string[]>("--only") { Description = $"Measure only these: {string.Join(", ", CostsRun.Parts.Keys)}.", AllowMultipleArgumentsPerToken = true };

        var command = new Command("costs", "Measures what a connection, a delivery and a message cost; prints a table.") { people, room, rounds, warm, seconds, only };
        command.SetAction(async (parsed, cancellation) =>
        {
            var plan = new CostsPlan(
                parsed.GetValue(people), parsed.GetValue(room), parsed.GetValue(rounds),
                TimeSpan.FromSeconds(parsed.GetValue(warm)), TimeSpan.FromSeconds(parsed.GetValue(seconds)), parsed.GetValue(only) ?? []);
            await new CostsRun(plan, Console.Out).RunAsync(cancellation);
        });
        return command;
    }
}

/// <summary>What a run measures, and how long.</summary>
internal sealed record CostsPlan(int People, int Room, int Rounds, TimeSpan Warm, TimeSpan Round, IReadOnlyList<string> Only);
