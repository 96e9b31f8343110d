using System.Diagnostics;
using System.Globalization;
using Chat.Bench.Costs;

namespace Chat.Bench.Load;

/// <summary>What was used since it was started: by the servers measured, by the load, by others on this machine.</summary>
internal sealed class Meter(IReadOnlyList<int> servers)
{
    private readonly long started = Stopwatch.GetTimestamp();
    private readonly double serversBefore = servers.Sum(Usage.Microseconds);
    private readonly TimeSpan loadBefore = Environment.CpuUsage.TotalTime;
    private readonly double allBefore = AllMicroseconds();

    public Metered Read()
    {
        var time = Stopwatch.GetElapsedTime(started);
        var used = servers.Sum(Usage.Microseconds) - serversBefore;
        var load = Environment.CpuUsage.TotalTime - loadBefore;
        var others = AllMicroseconds() - allBefore - used - load.TotalMicroseconds;
        return new(used, time, load / time, Math.Max(0, others) / time.TotalMicroseconds / Environment.ProcessorCount);
    }

    // Of all cores, user, nice, system, irq, softirq and stolen; not idle, not waiting for disks.
    private static double AllMicroseconds()
    {
        var fields = File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..9];
        return 10_000 * fields.Where((_, i) => i is not (3 or 4)).Sum(field => double.Parse(field, CultureInfo.InvariantCulture));
    }
}

/// <summary>What was used.</summary>
/// <param name="Microseconds">User and system time of the servers.</param>
/// <param name="Time">That went by.</param>
/// <param name="Load">Share of one core that the load took: near 1 it was the bottleneck.</param>
/// <param name="Others">Share of all cores that others took.</param>
internal readonly record struct Metered(double Microseconds, TimeSpan Time, double Load, double Others);
