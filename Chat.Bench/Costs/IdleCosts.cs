using Chat.Client;

namespace Chat.Bench.Costs;

/// <summary>What a connection costs that does nothing, and what it costs to come.</summary>
internal static class IdleCosts
{
    private const int RoomsEach = 10;
    private const int InARoom = 20;

    // They are there before: what a server needs for itself is not counted as theirs.
    private const int First = 300;

    public static async Task MeasureAsync(CostsPlan plan, Figures figures, string folder, CancellationToken cancellation)
    {
        await using var scene = new Scene(folder);
        await scene.StartNodesAsync(1, cancellation);
        await using var crowd = new Crowd(scene);
        var rooms = Enumerable.Range(0, (First + plan.People) / InARoom * RoomsEach + RoomsEach).Select(_ => Guid.NewGuid()).ToArray();
        await crowd.GatherAsync(First + plan.People, person => rooms[(person / InARoom * RoomsEach)..(person / InARoom * RoomsEach + RoomsEach)], cancellation);
        await MeasureAsync("JSON", ChatProtocol.Json, isBehindNginx: false);
        await MeasureAsync("MessagePack", ChatProtocol.MessagePack, isBehindNginx: false);
        await MeasureAsync("JSON behind nginx", ChatProtocol.Json, isBehindNginx: true);

        async Task MeasureAsync(string name, ChatProtocol protocol, bool isBehindNginx)
        {
            var found = new List<Idle>();
            for (var round = 0; round < plan.Rounds; round++) found.Add(await RoundAsync(plan, scene, crowd, protocol, isBehindNginx, cancellation));
            figures.Add($"idle connection, {name}, in 11 rooms: memory of the node", "KB", [.. found.Select(idle => idle.Kilobytes)]);
            figures.Add($"idle connection, {name}: processor time of the node (keep-alives)", "µs a second", [.. found.Select(idle => idle.Microseconds)]);
            figures.Add($"connection that comes, {name}, told to 19 others in each of 10 rooms: processor time of the node", "µs", [.. found.Select(idle => idle.Coming)]);
            if (!isBehindNginx) return;
            figures.Add("idle connection behind nginx with TLS: memory of nginx", "KB", [.. found.Select(idle => idle.NginxKilobytes)]);
            figures.Add("connection that comes: processor time of nginx with TLS", "µs", [.. found.Select(idle => idle.NginxComing)]);
        }
    }

    private static async Task<Idle> RoundAsync(CostsPlan plan, Scene scene, Crowd crowd, ChatProtocol protocol, bool isBehindNginx, CancellationToken cancellation)
    {
        // A new process each time, on the same store: memory that was once taken is rarely given back.
        await scene.StopNodesAsync();
        await scene.StartNodesAsync(1, cancellation);
        if (isBehindNginx) await scene.StartNginxAsync(cancellation);
        Uri[] address = [scene.Nginx?.Address ?? scene.Nodes[0].Address];
        var (node, nginx) = (scene.Nodes[0].Id, scene.Nginx?.Id);

        // Twice: coming is measured with code that has come before.
        await crowd.ConnectAsync(0, First, protocol, address, cancellation);
        await crowd.DisconnectAsync();
        await crowd.ConnectAsync(0, First, protocol, address, cancellation);
        await Task.Delay(plan.Round, cancellation);
        var (memory, time, nginxMemory, nginxTime) = (Usage.ResidentKilobytes(node), Usage.Microseconds(node), Memory(nginx), Time(nginx));
        await crowd.ConnectAsync(First, plan.People, protocol, address, cancellation);
        var (coming, nginxComing) = (Usage.Microseconds(node) - time, Time(nginx) - nginxTime);
        await Task.Delay(plan.Round, cancellation);
        var (kilobytes, nginxKilobytes) = ((Usage.ResidentKilobytes(node) - memory) / plan.People, (Memory(nginx) - nginxMemory) / plan.People);
        var full = await IdleAsync(plan, node, cancellation);
        await crowd.DisconnectAsync();
        // What the node does for itself is measured after them, when all of its code is as fast as it gets.
        await Task.Delay(plan.Round / 2, cancellation);
        var empty = await IdleAsync(plan, node, cancellation);
        return new Idle(kilobytes, (full - empty) / (First + plan.People), coming / plan.People, nginxKilobytes, nginxComing / plan.People);
    }

    /// <summary>µs a second.</summary>
    private static async Task<double> IdleAsync(CostsPlan plan, int node, CancellationToken cancellation)
    {
        var before = Usage.Microseconds(node);
        await Task.Delay(plan.Round, cancellation);
        return (Usage.Microseconds(node) - before) / plan.Round.TotalSeconds;
    }

    private static double Memory(int? processId) => processId is { } id ? Usage.ResidentKilobytes(id) : 0;

    private static double Time(int? processId) => processId is { } id ? Usage.Microseconds(id) : 0;

    private sealed record Idle(double Kilobytes, double Microseconds, double Coming, double NginxKilobytes, double NginxComing);
}
