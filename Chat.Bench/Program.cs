using System.CommandLine;
using Chat.Bench.Chaos;
using Chat.Bench.Checking;
using Chat.Bench.Costs;

return await new RootCommand("Programs that try Chat hard.") { HistoryCommand.Make(), ChaosCommand.Make(), SpoiledNode.Make(), CostsCommand.Make() }.Parse(args).InvokeAsync();
