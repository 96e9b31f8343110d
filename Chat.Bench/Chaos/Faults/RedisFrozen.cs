namespace Chat.Bench.Chaos.Faults;

/// <summary>Redis takes connections and answers nothing for 10 s.</summary>
internal sealed class RedisFrozen : Fault
{
    private static readonly TimeSpan Span = TimeSpan.FromSeconds(10);

    public override string Name => "redis-frozen";

    public override async Task RunAsync(Scene scene, CancellationToken cancellation)
    {
        scene.Cluster.Redis.Freeze();
        try
        {
            await Task.Delay(Span, cancellation);
        }
        finally
        {
            scene.Cluster.Redis.Thaw();
        }
    }
}
