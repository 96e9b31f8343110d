using System.Globalization;

namespace Chat.Bench.Costs;

/// <summary>Processor time and memory of a process with all its children, as the kernel counts them.</summary>
internal static class Usage
{
    // USER_HZ: 100 on every Linux that .NET runs on.
    private const double MicrosecondsPerTick = 10_000;

    /// <summary>User and system time in µs, of children that ended too.</summary>
    public static double Microseconds(int processId) => MicrosecondsPerTick * Tree(processId).Sum(id =>
    {
        // After the name, which may hold spaces: state is the first, utime the 12th, stime, cutime and cstime follow.
        var fields = Read($"/proc/{id}/stat") is { } text ? text[(text.LastIndexOf(')') + 2)..].Split(' ') : [];
        return fields.Length is 0 ? 0 : fields[11..15].Sum(field => double.Parse(field, CultureInfo.InvariantCulture));
    });

    /// <summary>KB resident. What processes share is counted in each.</summary>
    public static double ResidentKilobytes(int processId) => Tree(processId).Sum(id =>
        Read($"/proc/{id}/status")?.Split('\n').FirstOrDefault(line => line.StartsWith("VmRSS:", StringComparison.Ordinal)) is { } line
            ? double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture)
            : 0);

    private static IEnumerable<int> Tree(int processId) =>
        (Read($"/proc/{processId}/task/{processId}/children") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(child => Tree(int.Parse(child, CultureInfo.InvariantCulture)))
            .Prepend(processId);

    private static string? Read(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (IOException)
        {
            // It ended meanwhile.
            return null;
        }
    }
}
