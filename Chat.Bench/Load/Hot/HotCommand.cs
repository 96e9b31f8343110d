using System.CommandLine;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

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
        // In this process: a project made for each benchmark would have to be restored, which needs the network.
        var config = DefaultConfig.Instance
            .AddJob(Job.Default.WithToolchain(InProcessEmitToolchain.Instance))
            .AddDiagnoser(MemoryDiagnoser.Default)
            .WithArtifactsPath(Path.Combine(Path.GetTempPath(), "chat-hot"));
        BenchmarkSwitcher.FromTypes([typeof(Serialising), typeof(Ordering), typeof(TellingThousand), typeof(Committing)])
            .Run(options is [] ? ["--filter", "*"] : options, config);
    }
}
