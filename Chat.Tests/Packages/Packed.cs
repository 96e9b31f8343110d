using System.Diagnostics;
using System.Runtime.InteropServices;
using Chat.Tests.Running;

namespace Chat.Tests.Packages;

/// <summary>Both packages as `dotnet pack` makes them, and a program of somebody else that has nothing of Chat but them.</summary>
public sealed class Packed : IAsyncLifetime, IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(15);
    private readonly TemporaryFolder folder = new();

    public string Client => Of("Chat.Client");

    public string Contracts => Of("Chat.Contracts");

    /// <summary>The program on .NET 10, compiled ahead of time.</summary>
    public string Native => folder.File("fresh/native/Fresh");

    /// <summary>The program on an older .NET, with the package's netstandard2.1.</summary>
    public string Older => folder.File("fresh/bin/Debug/net8.0/Fresh.dll");

    public async Task InitializeAsync()
    {
        // The first builds both, where the whole solution was not built before.
        await Pack("Chat.Client");
        await Pack("Chat.Contracts", "--no-build");

        Directory.CreateDirectory(folder.File("fresh"));
        foreach (var file in Directory.GetFiles(Repository.File("Chat.Tests", "Packages", "Fresh")))
            File.Copy(file, folder.File(Path.Combine("fresh", Path.GetFileName(file))));
        await File.WriteAllTextAsync(folder.File("fresh/nuget.config"), Sources());
        var version = Path.GetFileNameWithoutExtension(Contracts)["Chat.Contracts.".Length..];
        // Debug: half the time of an optimized one.
        await Fresh("publish", "-c", "Debug", "-f", "net10.0", "-r", RuntimeInformation.RuntimeIdentifier, "-o", "native", $"-p:ChatVersion={version}");
        await Fresh("build", "-c", "Debug", "-f", "net8.0", $"-p:ChatVersion={version}");
    }

    /// <summary>Runs a program to its end.</summary>
    /// <returns>What it said.</returns>
    public async Task<string> Run(string program, params string[] arguments) => await Run(program, arguments, folder.Path);

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => folder.Dispose();

    private Task<string> Pack(string project, params string[] arguments) =>
        Run("dotnet", ["pack", Repository.File(project), "-c", "Debug", "-o", folder.File("packages"), .. arguments, "--nologo", "-v", "q"], Repository.Root);

    private Task<string> Fresh(string verb, params string[] arguments) => Run("dotnet", [verb, .. arguments, "--nologo", "-v", "q"], folder.File("fresh"));

    private string Of(string name) => Directory.GetFiles(folder.File("packages"), $"{name}.*.nupkg").Single();

    // Beside what is set up on the machine. A folder of its own for what is unpacked, or the next run would find this one's; all
    // else is where it is already.
    private string Sources() =>
        $"""
        <configuration>
          <config><add key="globalPackagesFolder" value="{folder.File("unpacked")}" /></config>
          <fallbackPackageFolders><add key="machine" value="{UsersPackages()}" /></fallbackPackageFolders>
          <packageSources><add key="packed" value="{folder.File("packages")}" /></packageSources>
        </configuration>
        """;

    private static string UsersPackages() => Environment.GetEnvironmentVariable("NUGET_PACKAGES")
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    private static async Task<string> Run(string program, string[] arguments, string where)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = where, RedirectStandardOutput = true, RedirectStandardError = true };
        // Said by the test run to its own processes.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToList())
            start.Environment.Remove(name);
        using var process = Process.Start(start)!;
        var said = Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        using var limit = new CancellationTokenSource(Limit);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
        }
        var text = string.Concat(await said);
        process.ExitCode.Should().Be(0, $"{program} {string.Join(' ', arguments)} said {text}");
        return text;
    }
}
