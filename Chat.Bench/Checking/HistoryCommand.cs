using System.CommandLine;

namespace Chat.Bench.Checking;

/// <summary><c>history</c>: kills the server again and again under load, then checks that nothing acknowledged is lost, doubled or out of order.</summary>
internal static class HistoryCommand
{
    public static Command Make()
    {
        var kills = new Option<int>("--kills") { Description = "How often the server is killed (-9) and started again on the same file.", DefaultValueFactory = _ => 20 };
        var senders = new Option<int>("--senders") { Description = "How many clients send at once.", DefaultValueFactory = _ => 200 };
        var rooms = new Option<int>("--rooms") { Description = "How many rooms they share.", DefaultValueFactory = _ => 10 };
        var seed = new Option<int>("--seed") { Description = "Of the moments of the kills.", DefaultValueFactory = _ => Random.Shared.Next() };
        var sabotage = new Option<Sabotage>("--sabotage") { Description = "Spoils one message in the store before the check, which then must fail." };

        var command = new Command("history", "Kills the server under load and checks every client's history against the store.") { kills, senders, rooms, seed, sabotage };
        command.SetAction(async (parsed, cancellation) =>
        {
            var plan = new HistoryPlan(
                parsed.GetValue(kills), parsed.GetValue(senders), parsed.GetValue(rooms), parsed.GetValue(seed), parsed.GetValue(sabotage));
            var report = await new HistoryRun(plan, Console.Out).RunAsync(cancellation);
            return report.IsClean ? 0 : 1;
        });
        return command;
    }
}

/// <summary>What a run does.</summary>
internal sealed record HistoryPlan(int Kills, int Senders, int Rooms, int Seed, Sabotage Sabotage = Sabotage.None);
