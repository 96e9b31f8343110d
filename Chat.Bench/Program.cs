using System.CommandLine;
using Chat.Bench.Chaos;
using Chat.Bench.Checking;
using Chat.Bench.Costs;
using Chat.Bench.Faults;

return await new RootCommand("Programs that try Chat hard.") { HistoryCommand.Make(), ChaosCommand.Make(), FaultsCommand.Make(), SpoiledNode.Make(), CostsCommand.Make() }.Parse(args).InvokeAsync();
