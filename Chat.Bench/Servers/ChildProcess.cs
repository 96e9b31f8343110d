using System.Diagnostics;

namespace Chat.Bench.Servers;

/// <summary>A program started here, its output in a file, that can be signalled by its id and is killed at the end.</summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    private readonly Process process;
    private readonly string logFile;
    private readonly Lock writing = new();

    private ChildProcess(Process process, string logFile) => (this.process, this.logFile) = (process, logFile);

    public bool HasExited => process.HasExited;

    public int ExitCode => process.ExitCode;

    public int Id => process.Id;

    /// <summary>Starts a program.</summary>
    /// <param name="program">Its name or path.</param>
    /// <param name="arguments">Each as the program gets it.</param>
    /// <param name="logFile">Its output is added here.</param>
    /// <param name="environment">Set in addition to this process's own.</param>
    public static ChildProcess Start(
        string program, IEnumerable<string> arguments, string logFile, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (key, value) in environment ?? new Dictionary<string, string>()) start.Environment[key] = value;
        var child = new ChildProcess(new Process { StartInfo = start }, logFile);
        child.process.OutputDataReceived += child.Keep;
        child.process.ErrorDataReceived += child.Keep;
        child.process.Start();
        child.process.BeginOutputReadLine();
        child.process.BeginErrorReadLine();
        return child;
    }

    /// <summary>Sends a signal such as "TERM", "STOP" or "CONT".</summary>
    public void Signal(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", $"{process.Id}"]);
        kill.WaitForExit();
    }

    /// <summary>SIGKILL: no goodbye.</summary>
    public async Task KillAsync()
    {
        if (!process.HasExited) process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
    }

    /// <summary>Waits for its end.</summary>
    /// <exception cref="TimeoutException">It goes on running.</exception>
    public Task EndAsync(TimeSpan within) => process.WaitForExitAsync().WaitAsync(within);

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        process.Dispose();
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        if (line.Data is null) return;
        lock (writing) File.AppendAllText(logFile, line.Data + "\n");
    }
}
