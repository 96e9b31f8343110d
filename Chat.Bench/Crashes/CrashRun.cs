using System.Diagnostics;
using Chat.Bench.Checking;
using Chat.Bench.Proxy;
using Chat.Client;

namespace Chat.Bench.Crashes;

/// <summary>One run: write, kill, start again, many times; then let what is left go out, and check.</summary>
internal sealed class CrashRun(CrashPlan plan, TextWriter output)
{
    /// <summary>Each way, and as much again by chance: so that there is a moment before a frame arrives, and one before its answer does.</summary>
    private static readonly Weather Slow = new() { Latency = TimeSpan.FromMilliseconds(10) };

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private const int LongestMs = 250;

    private static readonly Dictionary<string, string> Settings = new()
    {
        ["Chat__Delivery__ConnectionsPerUser"] = "1000",
        ["Chat__Delivery__ChangesPerSecond"] = "1000",
        ["Chat__Delivery__ChangesBurst"] = "1000",
        ["Chat__SignIn__TokenMinutes"] = "10000",
        ["Logging__LogLevel__Default"] = "Warning",
    };

    private readonly Random random = new(plan.Seed);
    private readonly List<string> kept = [];
    private readonly List<int> waiting = [];
    private int sent;

    public async Task<CrashReport> RunAsync(CancellationToken cancellation)
    {
        var folder = Directory.CreateTempSubdirectory("chat-crashes-").FullName;
        await output.WriteLineAsync($"crashes: seed {plan.Seed}, {plan.Kills} kills{(plan.IsForgetful ? ", without an outbox file" : "")}");
        var clock = Stopwatch.StartNew();
        try
        {
            await using var server = new ServerProcess(folder, Settings);
            await server.StartAsync(cancellation);
            await using var proxy = new FaultyProxy(server.Address, new Random(random.Next()), Slow);
            var found = await CrashAsync(proxy.Address, plan.IsForgetful ? null : Path.Combine(folder, "outbox"), cancellation);
            var stored = server.ReadStore().Messages.Where(message => !message.IsSystem).Select(message => message.Text).ToList();
            found.Add(CrashCheck.Run(kept, stored));
            var report = new CrashReport(plan, found, kept.Count, stored.Count, waiting);
            await output.WriteLineAsync($"{report} after {clock.Elapsed.TotalSeconds:F0} s");
            return report;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private async Task<Findings> CrashAsync(Uri address, string? outbox, CancellationToken cancellation)
    {
        using var http = new HttpClient();
        var token = (await new ChatSignIn(http, address).AsGuestAsync("Writer", cancellation)).AccessToken;
        var started = 0;
        Victim Start() => new(address, token, ++started, outbox);

        // While one writes, the next is on its way up.
        var next = Start();
        for (var kill = 0; kill < plan.Kills; kill++)
        {
            await using var victim = next;
            next = Start();
            await KillAsync(victim, cancellation);
        }
        await using var last = next;
        return await FinishAsync(last);
    }

    private async Task KillAsync(Victim victim, CancellationToken cancellation)
    {
        victim.Tell(Writer.Write);
        await victim.First.WaitAsync(Patience, cancellation);
        // Half of them before they are connected or just then, half of them in the middle of sending.
        if (random.Next(2) is 0) await victim.Acknowledged.WaitAsync(Patience, cancellation);
        await Task.Delay(random.Next(LongestMs), cancellation);
        await victim.KillAsync();
        kept.AddRange(victim.Kept);
        sent += victim.Sent;
        waiting.Add(Math.Max(0, kept.Count - sent));
    }

    private static async Task<Findings> FinishAsync(Victim last)
    {
        var found = new Findings();
        last.Tell(Writer.Finish);
        try
        {
            if (await last.EndAsync(Patience) is var code and not 0) found.Add(Flaw.Away, $"the last one ended with {code}");
        }
        catch (TimeoutException)
        {
            found.Add(Flaw.Away, $"the last one still has something to send, and for {Patience.TotalSeconds:F0} s nothing was acknowledged");
        }
        return found;
    }
}
