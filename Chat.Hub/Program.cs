using Chat.Hub;
using Chat.Hub.Operations;

// Settings are read once. Else the framework watches the whole folder for new ones: each page that SQLite writes below it
// would wake the watcher, which took a quarter of the time of a stored message.
var builder = WebApplication.CreateBuilder([.. args, "--hostBuilder:reloadConfigOnChange=false"]);
if (HealthCommand.IsAskedBy(args)) return await HealthCommand.Run(builder.Configuration);

builder.AddChat();
var app = builder.Build();
app.MapChat();
app.Run();
return 0;

// Else a public one is generated, documented, which gets into the way of the application's own in its OpenAPI.
internal sealed partial class Program;
