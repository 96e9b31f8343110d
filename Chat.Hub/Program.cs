using Chat.Hub;
using Chat.Hub.Operations;

var builder = WebApplication.CreateBuilder(args);
if (HealthCommand.IsAskedBy(args)) return await HealthCommand.Run(builder.Configuration);

builder.AddChat();
var app = builder.Build();
app.MapChat();
app.Run();
return 0;

// Else a public one is generated, documented, which gets into the way of the application's own in its OpenAPI.
internal sealed partial class Program;
