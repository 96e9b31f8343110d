using System.CommandLine;
using Chat.Bench.Chaos;
using Chat.Bench.Checking;

return await new RootCommand("Programs that try Chat hard.") { HistoryCommand.Make(), ChaosCommand.Make(), SpoiledNode.Make() }.Parse(args).InvokeAsync();
