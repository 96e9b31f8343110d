using System.CommandLine;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Perfolizer.Horology;

namespace Chat.Bench.Load.Hot;

/// <summary><c>hot</c>: BenchmarkDotNet for the paths that every message takes, with what they allocate.</summary>
internal static class HotCommand
{
    public static Command Make()
    {
        var command = new Command("hot", "Measures the paths that every message takes; takes BenchmarkDotNet's own options, such as --filter *Serialising*.");
        command.TreatUnmatchedTokensAsErrors = false;
        command.SetAction(parsed => Run([.. parsed.UnmatchedTokens]));
        return command;
    }

    private static void Run(string[] options)
    {
        // In this process: a project made for each benchmark would have to be restored, which needs the network. A fixed number
        // of iterations: on a busy machine it would go on for ever in search of steadiness.
        var job = Job.Default.WithToolchain(InProcessEmitToolchain.Instance)
            .WithWarmupCount(5).WithIterationCount(15).WithIterationTime(TimeInterval.FromMilliseconds(250));
        var config = DefaultConfig.Instance
            .AddJob(job)
            .AddDiagnoser(MemoryDiagnoser.Default, ThreadingDiagnoser.Default)
            .WithArtifactsPath(Path.Combine(Path.GetTempPath(), "chat-hot"));
        BenchmarkSwitcher.FromTypes([typeof(Serialising), typeof(Ordering), typeof(TellingThousand), typeof(Committing)])
            .Run(options is [] ? ["--filter", "*"] : options, config);
    }
}
