using System.CommandLine;
using Chat.Bench.Chaos;
using Chat.Bench.Checking;
using Chat.Bench.Costs;
using Chat.Bench.Crashes;
using Chat.Bench.Faults;
using Chat.Bench.Load;
using Chat.Bench.Load.Hot;
using Chat.Bench.Load.Targets;

return await new RootCommand("Programs that try Chat hard.")
{
    HistoryCommand.Make(), ChaosCommand.Make(), FaultsCommand.Make(), CrashCommand.Make(), CostsCommand.Make(), LoadCommand.Make(), HotCommand.Make(),
    SpoiledNode.Make(), Writer.Make(), PlainHub.Make(),
}.Parse(args).InvokeAsync();
