using System.Diagnostics;
using Chat.Tests.Running;

namespace Chat.Tests.Containers;

/// <summary>The script ./setup, run on a copy in a temporary folder.</summary>
internal sealed class Setup : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public Setup() => System.IO.File.Copy(Repository.File("setup"), folder.File("setup"));

    /// <summary>What it wrote into .env.</summary>
    public Dictionary<string, string> Variables => System.IO.File.ReadAllLines(File(".env"))
        .Select(line => line.Split('=', 2)).ToDictionary(parts => parts[0], parts => parts[1]);

    public string File(string name) => folder.File(name);

    /// <summary>Runs it; what it said.</summary>
    public async Task<string> Run(params string[] arguments)
    {
        var start = new ProcessStartInfo("bash", [File("setup"), .. arguments]) { RedirectStandardOutput = true };
        using var bash = Process.Start(start)!;
        var said = await bash.StandardOutput.ReadToEndAsync();
        await bash.WaitForExitAsync();
        bash.ExitCode.Should().Be(0, said);
        return said;
    }

    public void Dispose() => folder.Dispose();
}
