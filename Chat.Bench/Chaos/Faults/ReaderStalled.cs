using System.Diagnostics;
using Chat.Bench.Chaos.Clients;
using Chat.Bench.Checking;
using Chat.Client;
using Chat.Contracts;

namespace Chat.Bench.Chaos.Faults;

/// <summary>Somebody in a room where much is said stops reading. The others must not notice.</summary>
internal sealed class ReaderStalled : Fault
{
    // Long texts, so that what the sockets hold by themselves is soon full.
    private const int Padding = 12_000;
    private static readonly TimeSpan Span = TimeSpan.FromSeconds(12);
    private static readonly TimeSpan Undisturbed = TimeSpan.FromSeconds(4);

    public override string Name => "reader-stalled";

    public override async Task RunAsync(Scene scene, CancellationToken cancellation)
    {
        var signedIn = await scene.Cluster.SignInAsync("Stalled", cancellation);
        await JoinAllAsync(scene, signedIn, cancellation);
        await scene.Company.PadAsync(Padding, cancellation);
        await Task.Delay(Undisturbed, cancellation);
        var before = await scene.Round.DelaysAsync(cancellation);

        TimeSpan? cutOff = null;
        var clock = Stopwatch.StartNew();
        using (var reader = await StalledReader.EnterAsync(scene.AnyNode.Address, signedIn, cancellation))
        {
            while (clock.Elapsed < Span)
            {
                await Task.Delay(250, cancellation);
                if (cutOff is null && await reader.IsCutOffAsync(cancellation)) cutOff = clock.Elapsed;
            }
        }
        await scene.Company.PadAsync(0, cancellation);
        var during = await scene.Round.DelaysAsync(cancellation);

        scene.Note($"cut off after {(cutOff is { } after ? $"{after.TotalSeconds:F0} s" : "more")}; delays before {before}, during {during}");
        if (during.Ninety9 > before.Ninety9 + Patience.StalledReader.TotalMilliseconds)
            scene.Findings.Add(Flaw.Late, $"with a stalled reader others wait: {during} instead of {before}");
    }

    private static async Task JoinAllAsync(Scene scene, SignedIn signedIn, CancellationToken cancellation)
    {
        await using var client = new ChatClient(scene.Cluster.ClientOptions(scene.Cluster.Door, signedIn, "Stalled", ChatProtocol.Json));
        await client.StartAsync(cancellation);
        foreach (var room in scene.Company.Rooms) await client.JoinRoomAsync(room, cancellation);
    }
}
