using System.CommandLine;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Bench.Load.Targets;

/// <summary>A chat as the framework's tutorial has it, with groups: nobody signs in, nothing is stored, ordered or limited.</summary>
internal sealed class PlainHub : Microsoft.AspNetCore.SignalR.Hub
{
    public const string Verb = "plain-hub";
    public const string Path = "/hub";

    public static Command Make()
    {
        var redis = new Option<string?>("--redis") { Description = "Tells other nodes through this Redis." };
        var command = new Command(Verb, "The SignalR hub that load measures Chat against.") { redis };
        command.Hidden = true;
        command.TreatUnmatchedTokensAsErrors = false;
        command.SetAction(parsed => Run([.. parsed.UnmatchedTokens], parsed.GetValue(redis)));
        return command;
    }

    public async Task Join(IReadOnlyList<string> rooms)
    {
        foreach (var room in rooms) await Groups.AddToGroupAsync(Context.ConnectionId, room);
    }

    public Task Send(string room, string text) => Clients.Group(room).SendAsync("message", text);

    private static void Run(string[] args, string? redis)
    {
        var builder = WebApplication.CreateBuilder(args);
        var signalR = builder.Services.AddSignalR().AddMessagePackProtocol();
        if (redis is not null) signalR.AddStackExchangeRedis(redis);
        var app = builder.Build();
        app.MapHub<PlainHub>(Path);
        app.MapGet("/health/ready", () => Results.Ok());
        app.Run();
    }
}
