using Chat.Bench.Checking;

namespace Chat.Bench.Chaos.Faults;

/// <summary>A deploy: each node in turn is asked to stop (SIGTERM), ends within its grace, and is started again.</summary>
internal sealed class RollingRestart : Fault
{
    public override string Name => "rolling-restart";

    public override async Task RunAsync(Scene scene, CancellationToken cancellation)
    {
        foreach (var node in scene.Cluster.Nodes)
        {
            try
            {
                await node.StopAsync(Patience.Stop);
            }
            catch (TimeoutException)
            {
                scene.Findings.Add(Flaw.Late, $"{node.Address} did not end within {Patience.Stop} of SIGTERM");
                await node.KillAsync();
            }
            await node.StartAsync(cancellation);
        }
    }
}
