namespace Chat.Bench.Chaos.Faults;

/// <summary>PostgreSQL is shut down, and there again after 20 s.</summary>
internal sealed class PostgreSqlAway : Fault
{
    private static readonly TimeSpan Span = TimeSpan.FromSeconds(20);

    public override string Name => "postgres-away";

    public override bool MayRefuse => true;

    public override async Task RunAsync(Scene scene, CancellationToken cancellation)
    {
        await scene.Cluster.PostgreSql.StopAsync();
        try
        {
            await Task.Delay(Span, cancellation);
        }
        finally
        {
            await scene.Cluster.PostgreSql.StartAsync(cancellation);
        }
    }
}
