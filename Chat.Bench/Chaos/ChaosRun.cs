using System.Diagnostics;
using Chat.Bench.Chaos.Clients;
using Chat.Bench.Chaos.Faults;
using Chat.Bench.Checking;

namespace Chat.Bench.Chaos;

/// <summary>One run: start everything, break one thing after the other under load, and check after each.</summary>
internal sealed class ChaosRun(ChaosPlan plan, TextWriter output)
{
    private readonly Random random = new(plan.Seed);
    private readonly ChaosReport report = new(plan);
    private readonly Stopwatch clock = Stopwatch.StartNew();

    public async Task<ChaosReport> RunAsync(CancellationToken cancellation)
    {
        // Not a temporary subfolder: PostgreSQL's user must be let in.
        var folder = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), $"chat-chaos-{Guid.NewGuid():N}")).FullName;
        await output.WriteLineAsync($"chaos: seed {plan.Seed}, {plan.Clients} clients, {plan.Duration.TotalMinutes:F1} minutes, logs in {folder}");
        await using (var cluster = new Cluster(folder))
        {
            await cluster.StartAsync(plan.Defect, cancellation);
            await using var company = await new Casting(cluster, plan, random, report.Found).MakeAsync(cancellation);
            await output.WriteLineAsync($"{clock.Elapsed.TotalSeconds,6:F1} s  everybody is there");
            await BreakAllAsync(cluster, company, cancellation);
            report.Pairs = company.Pairs;
        }
        await output.WriteLineAsync(report.ToString());
        if (report.IsClean && !plan.Keep) Directory.Delete(folder, recursive: true);
        else await output.WriteLineAsync($"logs are kept in {folder}");
        return report;
    }

    private async Task BreakAllAsync(Cluster cluster, Company company, CancellationToken cancellation)
    {
        var settling = new Settling(cluster, company);
        var began = Stopwatch.StartNew();
        foreach (var fault in AllFaults.Shuffled(plan.Faults, random))
        {
            if (began.Elapsed >= plan.Duration || report.Found.Count > 0) return;
            var round = new Round(fault.Name, company);
            await company.RotateAsync(cancellation);
            await company.ResumeAsync(cancellation);
            await Task.Delay(random.Next(1_500, 3_000), cancellation);
            await fault.RunAsync(new Scene(cluster, company, round, settling, random, report.Found, Note), cancellation);
            await Task.Delay(random.Next(500, 1_500), cancellation);
            await company.PauseAsync(cancellation);
            // What was found in the middle of it is enough: it must not be hidden by what heals afterwards, nor waited for.
            var (settlement, found) = report.Found.Count > 0 ? (new Settlement(), new Findings()) : await settling.SettleAsync(cancellation);
            round.Settlement = settlement;
            await CheckAsync(cluster, company, fault, round, found, cancellation);
        }
    }

    private async Task CheckAsync(Cluster cluster, Company company, Fault fault, Round round, Findings found, CancellationToken cancellation)
    {
        await round.GatherAsync(cancellation);
        foreach (var error in round.News.Errors)
        {
            if (!error.IsUnavailable || !fault.MayRefuse) found.Add(Flaw.Error, $"{error}");
        }
        var history = HistoryCheck.Run(company.Acknowledged, cluster.ReadStore(), []);
        found.Add(history.Found);
        round.Close();
        report.Add(round, found, history);
        await company.TrimAsync(cancellation);
        await output.WriteLineAsync($"{clock.Elapsed.TotalSeconds,6:F1} s  {ChaosReport.LineOf(round)}{(report.Found.Count > 0 ? $"  VIOLATED {report.Found.Count} times" : "")}");
    }

    private void Note(string line) => output.WriteLine($"{clock.Elapsed.TotalSeconds,6:F1} s    {line}");
}
