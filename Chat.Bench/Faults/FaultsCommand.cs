using System.CommandLine;
using Chat.Bench.Checking;

namespace Chat.Bench.Faults;

/// <summary><c>faults</c>: does to connections what networks do, and checks that nobody lost anything or had to be started again.</summary>
internal static class FaultsCommand
{
    public static Command Make()
    {
        var minutes = new Option<double>("--minutes") { Description = "For how long faults happen.", DefaultValueFactory = _ => 10 };
        var net = new Option<int>("--dotnet") { Description = "How many .NET clients.", DefaultValueFactory = _ => 50 };
        var script = new Option<int>("--javascript") { Description = "How many JavaScript clients.", DefaultValueFactory = _ => 10 };
        var seed = new Option<int>("--seed") { Description = "Of what happens to connections and when.", DefaultValueFactory = _ => Random.Shared.Next() };
        var sabotage = new Option<Sabotage>("--sabotage") { Description = "Spoils one message in the store before the check, which then must fail." };
        var keep = new Option<bool>("--keep") { Description = "Keeps the folder with the store and the logs." };

        var command = new Command("faults", "Cuts, stalls, delays and loses the connections of many clients under load, then checks every client's history against the store.")
        {
            minutes, net, script, seed, sabotage, keep,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var plan = new FaultsPlan
            {
                Duration = TimeSpan.FromMinutes(parsed.GetValue(minutes)),
                Net = parsed.GetValue(net),
                Script = parsed.GetValue(script),
                Seed = parsed.GetValue(seed),
                Sabotage = parsed.GetValue(sabotage),
                Keep = parsed.GetValue(keep),
            };
            var report = await new FaultsRun(plan, Console.Out).RunAsync(cancellation);
            return report.IsClean ? 0 : 1;
        });
        return command;
    }
}
