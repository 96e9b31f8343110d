using System.Diagnostics;

namespace Chat.Bench.Costs;

/// <summary>Gives processes a core of their own, where there are two.</summary>
internal static class Cores
{
    public const int OfServers = 0;
    public const int OfLoad = 1;

    /// <summary>All threads of the process; what it starts later inherits it.</summary>
    public static void UseFor(int processId, int core)
    {
        using var taskset = Process.Start(new ProcessStartInfo("taskset", ["-acp", $"{core}", $"{processId}"]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        taskset.WaitForExit();
    }

    /// <summary>Starts something on the servers' core: a runtime must see it at its own start, to set itself up for one.</summary>
    public static async Task StartAsync(Func<Task> start)
    {
        UseFor(Environment.ProcessId, OfServers);
        try
        {
            await start();
        }
        finally
        {
            UseFor(Environment.ProcessId, OfLoad);
        }
    }
}
