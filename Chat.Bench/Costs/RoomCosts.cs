using Chat.Client;

namespace Chat.Bench.Costs;

/// <summary>What it costs one node on SQLite to tell a room something, and what goes over the wire.</summary>
internal static class RoomCosts
{
    private const int Small = 100;

    public static async Task MeasureAsync(CostsPlan plan, Figures figures, string folder, CancellationToken cancellation)
    {
        await using var scene = new Scene(folder);
        await scene.StartNodesAsync(1, cancellation);
        await using var crowd = new Crowd(scene);
        var (large, small) = (Guid.NewGuid(), Guid.NewGuid());
        await crowd.GatherAsync(plan.Room, person => person < Small ? [large, small] : [large], cancellation);

        await MeasureAsync("JSON", ChatProtocol.Json, scene.Nodes[0].Address);
        await MeasureAsync("MessagePack", ChatProtocol.MessagePack, scene.Nodes[0].Address);
        await scene.StartNginxAsync(cancellation);
        await MeasureAsync("JSON behind nginx", ChatProtocol.Json, scene.Nginx!.Address);

        async Task MeasureAsync(string name, ChatProtocol protocol, Uri address)
        {
            // The speaker's answers are counted in JSON, whatever the others speak; all come from different people.
            await crowd.ConnectAsync(0, 1, ChatProtocol.Json, [address], cancellation);
            await crowd.ConnectAsync(1, plan.Room - 1, protocol, [address], cancellation);
            foreach (var (room, listeners) in ((Guid, int)[])[(large, plan.Room), (small, Small)])
            {
                await Talk.ToRoomAsync(crowd, crowd.Connected[0], room, listeners, plan.Warm, cancellation);
                var found = new List<(double Node, double Nginx, double Bytes, double Rate)>();
                for (var round = 0; round < plan.Rounds; round++) found.Add(await RoundAsync(plan, scene, crowd, room, listeners, cancellation));
                figures.Add($"delivery, room of {listeners}, {name}: processor time of the node", "µs", [.. found.Select(one => one.Node)]);
                if (scene.Nginx is not null) figures.Add($"delivery, room of {listeners}: processor time of nginx with TLS", "µs", [.. found.Select(one => one.Nginx)]);
                figures.Add($"delivery, room of {listeners}, {name}: on the wire, 100 bytes of text", "bytes", [.. found.Select(one => one.Bytes)]);
                figures.Add($"delivery, room of {listeners}, {name}: seen here", "a second", [.. found.Select(one => one.Rate)]);
            }
            await crowd.DisconnectAsync();
        }
    }

    private static async Task<(double Node, double Nginx, double Bytes, double Rate)> RoundAsync(
        CostsPlan plan, Scene scene, Crowd crowd, Guid room, int listeners, CancellationToken cancellation)
    {
        var clock = System.Diagnostics.Stopwatch.StartNew();
        var (node, nginx, bytes) = (scene.NodeMicroseconds, scene.Nginx is null ? 0 : Usage.Microseconds(scene.Nginx.Id), crowd.Bytes.Count);
        double deliveries = await Talk.ToRoomAsync(crowd, crowd.Connected[0], room, listeners, plan.Round, cancellation) * (long)listeners;
        return (
            (scene.NodeMicroseconds - node) / deliveries,
            scene.Nginx is null ? 0 : (Usage.Microseconds(scene.Nginx.Id) - nginx) / deliveries,
            (crowd.Bytes.Count - bytes) / deliveries,
            deliveries / clock.Elapsed.TotalSeconds);
    }
}
