namespace Chat.Bench.Chaos.Faults;

/// <summary>PostgreSQL crashes and recovers.</summary>
internal sealed class PostgreSqlCrashed : Fault
{
    public override string Name => "postgres-crashed";

    public override bool MayRefuse => true;

    public override async Task RunAsync(Scene scene, CancellationToken cancellation)
    {
        await scene.Cluster.PostgreSql.CrashAsync();
        await scene.Cluster.PostgreSql.StartAsync(cancellation);
    }
}
