using System.CommandLine;
using Chat.Bench.Checking;
using Chat.Bench.Costs;

return await new RootCommand("Programs that try Chat hard.") { HistoryCommand.Make(), CostsCommand.Make() }.Parse(args).InvokeAsync();
