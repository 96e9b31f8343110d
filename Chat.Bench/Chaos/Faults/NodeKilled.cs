namespace Chat.Bench.Chaos.Faults;

/// <summary>kill -9, and after a while the same again in its place.</summary>
internal sealed class NodeKilled : Fault
{
    public override string Name => "node-killed";

    public override bool MayRefuse => true;

    public override async Task RunAsync(Scene scene, CancellationToken cancellation)
    {
        var node = scene.AnyNode;
        await node.KillAsync();
        await Task.Delay(scene.Random.Next(500, 5_000), cancellation);
        await node.StartAsync(cancellation);
    }
}
