using System.Diagnostics;

namespace Chat.Tests.Running;

/// <summary>Programs that are run to their end.</summary>
internal static class Programs
{
    /// <summary>Runs one in a folder, for 3 minutes at most, and answers what it wrote. It must end with 0.</summary>
    public static async Task<string> Run(string program, string folder, string[] arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
        process.ExitCode.Should().Be(0, $"{await output}\n{await errors}");
        return await output;
    }
}
