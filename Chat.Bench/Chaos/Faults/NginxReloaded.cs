namespace Chat.Bench.Chaos.Faults;

/// <summary>nginx takes its files again: new workers, while the old ones keep the connections they have.</summary>
internal sealed class NginxReloaded : Fault
{
    public override string Name => "nginx-reloaded";

    public override Task RunAsync(Scene scene, CancellationToken cancellation) => scene.Cluster.Nginx.ReloadAsync(cancellation: cancellation);
}
