using Chat.Client;
using Chat.Samples.Bot;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

// dotnet run -- --server http://localhost:5080 --token BOT-TOKEN [--outbox bot.outbox] [--name Robot]
var builder = Host.CreateApplicationBuilder(args);
var settings = builder.Configuration;
var server = new Uri(settings["server"] ?? "http://localhost:5080");

builder.Services.AddSingleton(new ChatSignIn(new HttpClient(), server));
builder.Services.AddSingleton(services => new Passport(services.GetRequiredService<ChatSignIn>(), settings["token"], settings["name"] ?? "Robot"));
builder.Services.AddChatClient(services => new ChatClientOptions
{
    Server = server,
    AccessToken = services.GetRequiredService<Passport>().AccessTokenAsync,
    ClientName = "Bot",
    OutboxFile = settings["outbox"] ?? "bot.outbox",
});
builder.Services.AddSingleton(new Answers(TimeProvider.System, Random.Shared));
builder.Services.AddHostedService<Answering>();
await builder.Build().RunAsync();
