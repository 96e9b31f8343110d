namespace Chat.Bench.Chaos.Faults;

/// <summary>Redis is killed and there again at once, empty.</summary>
internal sealed class RedisKilled : Fault
{
    public override string Name => "redis-killed";

    public override async Task RunAsync(Scene scene, CancellationToken cancellation)
    {
        await scene.Cluster.Redis.KillAsync();
        await scene.Cluster.Redis.StartAsync(cancellation);
    }
}
