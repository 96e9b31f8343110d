using System.CommandLine;
using Chat.Bench.Checking;

return await new RootCommand("Programs that try Chat hard.") { HistoryCommand.Make() }.Parse(args).InvokeAsync();
