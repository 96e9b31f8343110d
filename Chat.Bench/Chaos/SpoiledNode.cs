using System.CommandLine;
using Chat.Hub;
using Chat.Hub.Delivery;
using Chat.Hub.Storage;
using Chat.Hub.Storage.Sqlite;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Bench.Chaos;

/// <summary>A node with a bug: what Chat.Hub's own program does, with one part in it replaced. Chat itself has no switch for that.</summary>
internal static class SpoiledNode
{
    public const string Verb = "node";

    public static Command Make()
    {
        var defect = new Argument<Defect>("defect");
        var command = new Command(Verb, "A node with a bug, for chaos --sabotage.") { defect };
        command.Hidden = true;
        command.TreatUnmatchedTokensAsErrors = false;
        command.SetAction(parsed => Run(parsed.GetValue(defect), [.. parsed.UnmatchedTokens]));
        return command;
    }

    private static void Run(Defect defect, string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.AddChat();
        Spoil(builder.Services, defect);
        var app = builder.Build();
        app.MapChat();
        app.Run();
    }

    private static void Spoil(IServiceCollection services, Defect defect)
    {
        // Of a store that nobody else writes to: the node asks it for nothing.
        if (defect is Defect.NoHeads) services.AddSingleton<INews, SqliteNews>();
        if (defect is not Defect.EarlyPublish) return;
        var store = services.Last(service => service.ServiceType == typeof(IRoomStore));
        services.AddSingleton<IRoomStore>(provider => EarlyStore.Around(
            (IRoomStore)(store.ImplementationFactory?.Invoke(provider) ?? ActivatorUtilities.CreateInstance(provider, store.ImplementationType!)),
            provider.GetRequiredService<Announcer>));
    }
}
