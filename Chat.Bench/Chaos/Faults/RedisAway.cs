using System.Diagnostics;
using Chat.Bench.Chaos.Clients;
using Chat.Bench.Checking;
using Chat.Client;
using Chat.Hub.Rooms;

namespace Chat.Bench.Chaos.Faults;

/// <summary>
/// No Redis for 20 s. Meanwhile what is said on one node is seen on the others, whoever comes gets in, and when nobody
/// says anything more, everybody comes to know the last word.
/// </summary>
internal sealed class RedisAway : Fault
{
    private static readonly TimeSpan Span = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan BeforeTheLook = TimeSpan.FromSeconds(4);

    public override string Name => "redis-away";

    public override async Task RunAsync(Scene scene, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        await scene.Cluster.Redis.KillAsync();
        try
        {
            await Task.Delay(BeforeTheLook, cancellation);
            await ComeInAsync(scene, cancellation);
            foreach (var client in scene.Company.Pinned) await SayAsync(scene, client, cancellation);
            await LastWordAsync(scene, cancellation);
            if (scene.Findings.Count > 0) return;
            await scene.Company.ResumeAsync(cancellation);
            if (Span - clock.Elapsed is { Ticks: > 0 } rest) await Task.Delay(rest, cancellation);
        }
        finally
        {
            await scene.Cluster.Redis.StartAsync(cancellation);
        }
    }

    private static async Task ComeInAsync(Scene scene, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        try
        {
            var signedIn = await scene.Cluster.SignInAsync("Newcomer", cancellation);
            await using var client = new ChatClient(scene.Cluster.ClientOptions(scene.Cluster.Door, signedIn, "Newcomer", ChatProtocol.Json));
            await client.StartAsync(cancellation).WaitAsync(Patience.NewConnection, cancellation);
            scene.Note($"a new connection is in after {clock.Elapsed.TotalSeconds:F1} s");
        }
        catch (Exception e) when (e is ChatException or TimeoutException)
        {
            scene.Findings.Add(Flaw.Away, $"with Redis away nobody new gets in: {e.Message}");
        }
    }

    private static async Task SayAsync(Scene scene, NetClient speaker, CancellationToken cancellation)
    {
        var message = await speaker.SayAsync(FirstRooms.General, $"{speaker.Name} without Redis", cancellation);
        var clock = Stopwatch.StartNew();
        while (!scene.Company.Pinned.All(client => client.Shows(message)) && clock.Elapsed < Patience.AcrossNodes) await Task.Delay(20, cancellation);
        var deaf = scene.Company.Pinned.Where(client => !client.Shows(message)).Select(client => client.Name).ToList();
        if (deaf.Count > 0) scene.Findings.Add(Flaw.Late, $"with Redis away, {string.Join(" and ", deaf)} did not see \"{message.Text}\" within {Patience.AcrossNodes}");
        else scene.Note($"seen on all nodes after {clock.Elapsed.TotalSeconds:F2} s");
    }

    private static async Task LastWordAsync(Scene scene, CancellationToken cancellation)
    {
        await scene.Company.PauseAsync(cancellation);
        var clock = Stopwatch.StartNew();
        var found = await scene.Settling.SeenAsync(Patience.LastWord, cancellation);
        scene.Findings.Add(found);
        if (found.Count is 0) scene.Note($"the last words are known everywhere after {clock.Elapsed.TotalSeconds:F1} s");
    }
}
