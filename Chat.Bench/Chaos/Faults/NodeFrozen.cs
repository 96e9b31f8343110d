namespace Chat.Bench.Chaos.Faults;

/// <summary>A node that stands still for 20 s, with all its sockets and transactions open, and then goes on as if nothing had been.</summary>
internal sealed class NodeFrozen : Fault
{
    private static readonly TimeSpan Span = TimeSpan.FromSeconds(20);

    public override string Name => "node-frozen";

    public override bool MayRefuse => true;

    public override async Task RunAsync(Scene scene, CancellationToken cancellation)
    {
        var node = scene.AnyNode;
        node.Freeze();
        try
        {
            await Task.Delay(Span, cancellation);
        }
        finally
        {
            node.Thaw();
        }
    }
}
