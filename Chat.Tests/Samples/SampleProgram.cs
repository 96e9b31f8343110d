using System.Collections.Concurrent;
using System.Diagnostics;
using Chat.Tests.Running;

namespace Chat.Tests.Samples;

/// <summary>A program of the folder samples, started as anybody would start it.</summary>
internal sealed class SampleProgram : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> lines = [];
    private readonly ConcurrentQueue<string> errors = [];
    private readonly Process process;

    private SampleProgram(Process process)
    {
        this.process = process;
        process.OutputDataReceived += (_, line) => Keep(lines, line.Data);
        process.ErrorDataReceived += (_, line) => Keep(errors, line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>What it has written, line by line.</summary>
    public IReadOnlyList<string> Lines => [.. lines];

    public bool HasExited => process.HasExited;

    /// <summary>The assembly of a sample, as the build made it beside that of the tests.</summary>
    public static string File(string sample)
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        return Repository.File("samples", sample, "bin", configuration, "net10.0", $"{sample}.dll");
    }

    public static SampleProgram Start(string sample, IEnumerable<string> arguments, params (string Name, string Value)[] environment) =>
        StartOther("dotnet", [File(sample), .. arguments], environment);

    public static SampleProgram StartOther(string program, IEnumerable<string> arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        return new SampleProgram(new Process { StartInfo = start });
    }

    /// <summary>Writes a line into its input.</summary>
    public async Task Say(string line)
    {
        await process.StandardInput.WriteLineAsync(line);
        await process.StandardInput.FlushAsync();
    }

    /// <summary>Waits until the last of its lines fits.</summary>
    public Task Shows(Func<string, bool> fits) => Until(() => lines.LastOrDefault() is { } line && fits(line));

    /// <summary>Waits until it has written something.</summary>
    public Task Writes(string text) => Until(() => lines.Any(line => line.Contains(text, StringComparison.Ordinal)));

    /// <summary>Ends its input, and waits for its end.</summary>
    public async Task<int> End()
    {
        process.StandardInput.Close();
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(20));
        return process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited) process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private async Task Until(Func<bool> isSo)
    {
        try
        {
            await Waiting.Until(() => Task.FromResult(process.HasExited || isSo()), TimeSpan.FromSeconds(20));
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException(Account());
        }
        isSo().Should().BeTrue(Account());
    }

    private string Account() => $"it wrote:\n{string.Join('\n', lines.TakeLast(5))}\nand complained:\n{string.Join('\n', errors)}";

    private static void Keep(ConcurrentQueue<string> kept, string? line)
    {
        if (line is not null) kept.Enqueue(line);
    }
}
