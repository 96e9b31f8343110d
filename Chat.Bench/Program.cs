using System.CommandLine;
using Chat.Bench.Chaos;
using Chat.Bench.Checking;
using Chat.Bench.Costs;
using Chat.Bench.Crashes;
using Chat.Bench.Faults;

return await new RootCommand("Programs that try Chat hard.")
{
    HistoryCommand.Make(), ChaosCommand.Make(), FaultsCommand.Make(), CrashCommand.Make(), CostsCommand.Make(), SpoiledNode.Make(), Writer.Make(),
}.Parse(args).InvokeAsync();
