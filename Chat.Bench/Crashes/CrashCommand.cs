using System.CommandLine;

namespace Chat.Bench.Crashes;

/// <summary><c>crashes</c>: kills a program with an outbox file while it writes, again and again, and checks that each message arrives once.</summary>
internal static class CrashCommand
{
    public static Command Make()
    {
        var kills = new Option<int>("--kills") { Description = "How often the program is killed (-9) between a message's writing and its acknowledgement.", DefaultValueFactory = _ => 50 };
        var seed = new Option<int>("--seed") { Description = "Of the moments of the kills.", DefaultValueFactory = _ => Random.Shared.Next() };
        var forgetful = new Option<bool>("--forgetful") { Description = "Without an outbox file, so that the run must find something." };

        var command = new Command("crashes", "Kills a program that writes, starts it again, and checks that each message arrives exactly once.") { kills, seed, forgetful };
        command.SetAction(async (parsed, cancellation) =>
        {
            var plan = new CrashPlan(parsed.GetValue(kills), parsed.GetValue(seed), parsed.GetValue(forgetful));
            var report = await new CrashRun(plan, Console.Out).RunAsync(cancellation);
            return report.IsClean ? 0 : 1;
        });
        return command;
    }
}
