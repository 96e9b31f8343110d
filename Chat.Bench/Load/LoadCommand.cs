using System.CommandLine;
using Chat.Bench.Load.Clients;

namespace Chat.Bench.Load;

/// <summary><c>load</c>: what Chat costs beside a plain SignalR hub and Socket.IO, with every delivery checked.</summary>
internal static class LoadCommand
{
    public static Command Make()
    {
        var only = new Option<string[]>("--only") { Description = $"Measure only these: {string.Join(", ", LoadRun.Workloads.Select(workload => workload.Name))}.", AllowMultipleArgumentsPerToken = true };
        var targets = new Option<string[]>("--targets") { Description = $"Of {string.Join(", ", LoadRun.Targets.Keys)}, only these.", AllowMultipleArgumentsPerToken = true };
        var protocol = new Option<string>("--protocol") { Description = "What those who only listen speak: json or messagepack.", DefaultValueFactory = _ => "json" };
        protocol.AcceptOnlyFromAmong("json", "messagepack");
        var rounds = new Option<int>("--rounds") { Description = "How often each is measured; the median is told.", DefaultValueFactory = _ => 3 };
        var warm = new Option<int>("--warm-seconds") { Description = "Load before the first round, until .NET has compiled its best code.", DefaultValueFactory = _ => 30 };
        var seconds = new Option<int>("--round-seconds") { Description = "Of load in each round.", DefaultValueFactory = _ => 8 };
        var people = new Option<int>("--people") { Description = "Connections of idle and storm.", DefaultValueFactory = _ => 2_000 };
        var movers = new Option<int>("--movers") { Description = "How many lose their node in catch-up.", DefaultValueFactory = _ => 10_000 };
        var history = new Option<long>("--history") { Description = "Messages of the long history.", DefaultValueFactory = _ => 10_000_000 };
        var senders = new Option<int?>("--senders") { Description = "How many speak in workloads with one room, 16 else: what is under way at a time." };
        var quick = new Option<bool>("--quick") { Description = "3 s to warm up and one round of 2 s: shows that it works, and is no measurement." };
        var sabotage = new Option<Sabotage>("--sabotage") { Description = "Spoils one delivery on purpose: must fail." };

        var command = new Command("load", "Measures Chat beside a plain hub and Socket.IO, checks every delivery; prints a table.")
        {
            only, targets, protocol, rounds, warm, seconds, people, movers, history, senders, quick, sabotage,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var isQuick = parsed.GetValue(quick);
            var plan = new LoadPlan
            {
                Rounds = isQuick ? 1 : parsed.GetValue(rounds),
                Warm = TimeSpan.FromSeconds(isQuick ? 3 : parsed.GetValue(warm)),
                Round = TimeSpan.FromSeconds(isQuick ? 2 : parsed.GetValue(seconds)),
                Only = parsed.GetValue(only) ?? [],
                Targets = parsed.GetValue(targets) ?? [],
                IsMessagePack = parsed.GetValue(protocol) is "messagepack",
                People = parsed.GetValue(people),
                Movers = parsed.GetValue(movers),
                History = parsed.GetValue(history),
                Senders = parsed.GetValue(senders),
                Sabotage = parsed.GetValue(sabotage),
            };
            try
            {
                await new LoadRun(plan, Console.Out).RunAsync(cancellation);
                return 0;
            }
            catch (LoadException e)
            {
                await Console.Error.WriteLineAsync($"FAIL: {e.Message}");
                return 1;
            }
        });
        return command;
    }
}
