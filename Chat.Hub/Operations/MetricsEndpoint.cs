using Chat.Hub.Delivery;
using Chat.Hub.Nodes;
using Chat.Hub.Storage;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace Chat.Hub.Operations;

/// <summary>
/// <c>/metrics</c> in the format of Prometheus. A provider of Chat's own: what the application measures and where it sends
/// it stays as it is, and it can take the meter <c>Chat</c> into its own too.
/// </summary>
internal static class MetricsEndpoint
{
    public static void AddChatMetrics(this IServiceCollection services)
    {
        services.AddSingleton<ChatMetrics>();
        services.AddKeyedSingleton(ChatMetrics.MeterName, (_, _) => Sdk.CreateMeterProviderBuilder()
            .AddMeter(ChatMetrics.MeterName, "System.Runtime", "Microsoft.AspNetCore.Server.Kestrel", "Npgsql")
            .AddPrometheusExporter()
            .Build());
    }

    public static void MapMetrics(this IEndpointRouteBuilder routes)
    {
        var services = routes.ServiceProvider;
        Observe(services.GetRequiredService<ChatMetrics>(), services);
        routes.MapPrometheusScrapingEndpoint("/metrics", services.GetRequiredKeyedService<MeterProvider>(ChatMetrics.MeterName), configureBranchedPipeline: null, optionsName: null).WithMetadata(new Microsoft.AspNetCore.Routing.ExcludeFromDescriptionAttribute());
    }

    private static void Observe(ChatMetrics metrics, IServiceProvider services)
    {
        var connections = services.GetRequiredService<Connections>();
        var log = services.GetRequiredService<RoomLog>();
        var audience = services.GetRequiredService<Audience>();
        var gossip = services.GetRequiredService<Gossip>();
        var backplane = services.GetRequiredService<Backplane>();
        var drain = services.GetRequiredService<DrainState>();
        metrics.Observe("chat.connections.open", "{connection}", "Open connections of clients.", () => connections.Count);
        metrics.Observe("chat.log.waiting", "{change}", "Changes that wait for the writer.", () => log.Waiting);
        metrics.Observe("chat.store.healthy", "1", "1 when the last commit succeeded, else 0.", () => log.IsHealthy ? 1 : 0);
        metrics.Observe("chat.rooms.heard", "{room}", "Rooms that somebody on this node listens to.", () => audience.Count);
        metrics.Observe("chat.nodes.others", "{node}", "Other nodes that this one hears.", () => gossip.OtherNodes);
        metrics.Observe("chat.redis.healthy", "1", "1 when Redis carries messages, 0 when it is away, -1 without one.", () => !backplane.IsConfigured ? -1 : backplane.IsHealthy ? 1 : 0);
        metrics.Observe("chat.node.draining", "1", "1 while the node stops.", () => drain.IsDraining ? 1 : 0);
    }
}
