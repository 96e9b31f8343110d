using Chat.Bench.Checking;
using Chat.Client;

namespace Chat.Bench.Chaos.Faults;

/// <summary>The clock of one node is an hour ahead or behind for a while; whoever signed in there is let in elsewhere, and the other way round.</summary>
internal sealed class ClockMoved : Fault
{
    private static readonly TimeSpan Span = TimeSpan.FromSeconds(5);

    public override string Name => "clock-moved";

    public override async Task RunAsync(Scene scene, CancellationToken cancellation)
    {
        var (moved, right) = (scene.Cluster.Nodes[^1], scene.Cluster.Nodes[0]);
        var by = TimeSpan.FromHours(scene.Random.Next(2) is 0 ? 1 : -1);
        scene.Note($"by {by.TotalHours:+0;-0} h");
        await scene.Cluster.Clock.MoveAsync(moved, by, cancellation);
        try
        {
            await EnterAsync(scene, "Late", moved.Address, right.Address, cancellation);
            await EnterAsync(scene, "Early", right.Address, moved.Address, cancellation);
            await Task.Delay(Span, cancellation);
        }
        finally
        {
            await scene.Cluster.Clock.MoveAsync(moved, TimeSpan.Zero, cancellation);
        }
    }

    private static async Task EnterAsync(Scene scene, string name, Uri signIn, Uri enter, CancellationToken cancellation)
    {
        try
        {
            var signedIn = await scene.Cluster.SignInAsync(name, cancellation, signIn);
            await using var client = new ChatClient(scene.Cluster.ClientOptions(enter, signedIn, name, ChatProtocol.Json));
            await client.StartAsync(cancellation).WaitAsync(Patience.NewConnection, cancellation);
        }
        catch (Exception e) when (e is ChatException or TimeoutException)
        {
            scene.Findings.Add(Flaw.Error, $"{name}, signed in at {signIn}, did not get in at {enter}: {e.Message}");
        }
    }
}
