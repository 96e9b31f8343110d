using Chat.Hub;

var builder = WebApplication.CreateBuilder(args);
builder.AddChat();

var app = builder.Build();
app.MapChat();
app.Run();
