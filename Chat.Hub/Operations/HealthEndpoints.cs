using Chat.Hub.Nodes;
using Chat.Hub.Storage;

namespace Chat.Hub.Operations;

/// <summary>Whether the process lives, and whether it should get traffic.</summary>
internal static class HealthEndpoints
{
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health/live", () => Results.Text("live"));

        routes.MapGet("/health/ready", async (RoomLog log, Watch watch, IRoomStore store, DrainState drain, CancellationToken cancellation) =>
        {
            if (drain.IsDraining) return Results.Text("not ready: this node stops.", statusCode: StatusCodes.Status503ServiceUnavailable);
            if (log.IsHealthy && !watch.IsAway) return Results.Text("ready");
            try
            {
                // Nobody writes to a node that is not ready: it must find out by itself that the store is back.
                await store.Probe(cancellation);
                return Results.Text("ready");
            }
            catch (StoreUnavailableException e)
            {
                return Results.Text($"not ready: {e.Message}", statusCode: StatusCodes.Status503ServiceUnavailable);
            }
        });
    }
}
