using System.Diagnostics;
using Chat.Bench.Chaos;
using Chat.Bench.Chaos.Clients;
using Chat.Bench.Checking;
using Chat.Bench.Proxy;

namespace Chat.Bench.Faults;

/// <summary>One run: start, let faults happen under load, let everybody come level, and check; round by round.</summary>
internal sealed class FaultsRun(FaultsPlan plan, TextWriter output)
{
    private static readonly TimeSpan LongestRound = TimeSpan.FromMinutes(1);

    // From the last fault until everybody shows the same, on a machine that may be busy with something else.
    private static readonly TimeSpan LevelWithin = TimeSpan.FromMinutes(1);

    // Everybody comes from one address, and leaves dead connections behind that the server has not noticed yet.
    private static readonly Dictionary<string, string> Settings = new()
    {
        ["Chat__Delivery__ConnectionsPerAddress"] = "100000",
        ["Chat__Delivery__ConnectionsPerUser"] = "1000",
        ["Chat__Delivery__KeepAliveSeconds"] = "2",
        ["Chat__Delivery__ClientTimeoutSeconds"] = $"{GuestList.ServerTimeout.TotalSeconds}",
        ["Chat__SignIn__AttemptsPerAddress"] = "100000",
        // Longer than any run: its clients come back with the token they have.
        ["Chat__SignIn__TokenMinutes"] = "10000",
        ["Logging__LogLevel__Default"] = "Warning",
    };

    private readonly Random random = new(plan.Seed);
    private readonly FaultsReport report = new(plan);
    private readonly Stopwatch clock = Stopwatch.StartNew();

    public async Task<FaultsReport> RunAsync(CancellationToken cancellation)
    {
        var folder = Directory.CreateTempSubdirectory("chat-faults-").FullName;
        await output.WriteLineAsync($"faults: seed {plan.Seed}, {plan.Net} .NET and {plan.Script} JavaScript clients, {plan.Duration.TotalMinutes:F1} minutes, logs in {folder}");
        await using (var server = new ServerProcess(folder, Settings))
        {
            await server.StartAsync(cancellation);
            await using var proxy = new FaultyProxy(server.Address, new Random(random.Next()));
            await using var company = await new GuestList(plan, proxy.Address, random).MakeAsync(cancellation);
            Note("everybody is there");
            await RunAsync(server, proxy, company, cancellation);
        }
        await output.WriteLineAsync(report.ToString());
        if (report.IsClean && !plan.Keep) Directory.Delete(folder, recursive: true);
        else await output.WriteLineAsync($"logs are kept in {folder}");
        return report;
    }

    private async Task RunAsync(ServerProcess server, FaultyProxy proxy, Company company, CancellationToken cancellation)
    {
        var troubles = Trouble.Chosen(new Random(random.Next())).GetEnumerator();
        var settling = new Settling(server, company);
        for (var left = plan.Duration; left > TimeSpan.Zero && report.Found.Count is 0; left -= LongestRound)
        {
            await company.ResumeAsync(cancellation);
            await TroubleAsync(proxy, troubles, left < LongestRound ? left : LongestRound, cancellation);
            // Faults stop while people still write; then nobody begins anything more, and everybody is to come level alone.
            await proxy.CalmAsync();
            await company.PauseAsync(cancellation);
            if (plan.Sabotage is not Sabotage.None) await SpoilAsync(server, settling, cancellation);
            await CheckAsync(server, company, settling, cancellation);
        }
    }

    private async Task TroubleAsync(FaultyProxy proxy, IEnumerator<Trouble> troubles, TimeSpan time, CancellationToken cancellation)
    {
        var began = Stopwatch.StartNew();
        while (began.Elapsed < time && troubles.MoveNext())
        {
            var trouble = troubles.Current;
            await Task.Delay(trouble.After, cancellation);
            var met = proxy.Inflict(trouble);
            report.Add(trouble, met);
            Note($"  {trouble}: {met} connections");
        }
    }

    private async Task CheckAsync(ServerProcess server, Company company, Settling settling, CancellationToken cancellation)
    {
        var watch = Stopwatch.StartNew();
        TimeSpan? connected = null;
        // Where the store was spoiled there is nothing to wait for.
        var within = plan.Sabotage is Sabotage.None ? LevelWithin : TimeSpan.Zero;
        var found = await settling.SeenAsync(within, cancellation, () => connected = watch.Elapsed);
        var settlement = new Settlement { Connected = connected, Seen = found.Count is 0 ? watch.Elapsed : null };
        report.Found.Add(found);
        var news = await company.TakeNewsAsync(cancellation);
        report.Add(news);
        var stored = server.ReadStore();
        report.Found.Add(NumberedCheck.Run(stored));
        report.Add(settlement, HistoryCheck.Run(company.Acknowledged, stored, []));
        await company.TrimAsync(cancellation);
        Note($"connected {connected?.TotalSeconds:F1} s, all shown {settlement.Seen?.TotalSeconds:F1} s after the faults; {company.Acknowledged.Count:N0} acknowledged, {news.Reconnects:N0} reconnects"
            + (report.Found.Count > 0 ? $"; VIOLATED {report.Found.Count} times" : ""));
    }

    private async Task SpoilAsync(ServerProcess server, Settling settling, CancellationToken cancellation)
    {
        await settling.SeenAsync(LevelWithin, cancellation);
        Note($"sabotage: {StoreFile.Spoil(server.StoreFile, plan.Sabotage)}");
    }

    private void Note(string line) => output.WriteLine($"{clock.Elapsed.TotalSeconds,6:F1} s  {line}");
}
