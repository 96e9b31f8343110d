namespace Chat.Bench.Chaos.Faults;

/// <summary>Redis forgets everything.</summary>
internal sealed class RedisFlushed : Fault
{
    public override string Name => "redis-flushed";

    public override Task RunAsync(Scene scene, CancellationToken cancellation) => scene.Cluster.Redis.FlushAsync(cancellation);
}
