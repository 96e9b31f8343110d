using System.CommandLine;
using Chat.Bench.Chaos.Faults;

namespace Chat.Bench.Chaos;

/// <summary><c>chaos</c>: breaks everything that can break around three nodes, and checks after each fault that nobody lost anything.</summary>
internal static class ChaosCommand
{
    public static Command Make()
    {
        var minutes = new Option<double>("--minutes") { Description = "For how long faults are injected.", DefaultValueFactory = _ => 3 };
        var seed = new Option<int>("--seed") { Description = "Of everything that is left to chance.", DefaultValueFactory = _ => Random.Shared.Next() };
        var clients = new Option<int>("--clients") { Description = "How many clients send all the time, a third of them in JavaScript.", DefaultValueFactory = _ => 18 };
        var faults = new Option<string>("--faults") { Description = $"Only these, with commas: {string.Join(", ", AllFaults.Names)}.", DefaultValueFactory = _ => "" };
        var defect = new Option<Defect>("--sabotage") { Description = "Spoils the nodes, so that the run must find something." };
        var keep = new Option<bool>("--keep") { Description = "Keeps the folder with all logs." };

        var command = new Command("chaos", "Runs three nodes, nginx, Redis and PostgreSQL under load, and breaks them.") { minutes, seed, clients, faults, defect, keep };
        command.SetAction(async (parsed, cancellation) =>
        {
            var plan = new ChaosPlan
            {
                Duration = TimeSpan.FromMinutes(parsed.GetValue(minutes)),
                Seed = parsed.GetValue(seed),
                Clients = parsed.GetValue(clients),
                Faults = parsed.GetValue(faults)!.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
                Defect = parsed.GetValue(defect),
                Keep = parsed.GetValue(keep),
            };
            var report = await new ChaosRun(plan, Console.Out).RunAsync(cancellation);
            return report.IsClean ? 0 : 1;
        });
        return command;
    }
}
