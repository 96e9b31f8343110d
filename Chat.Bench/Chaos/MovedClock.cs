using Chat.Bench.Checking;

namespace Chat.Bench.Chaos;

/// <summary>The clock of one process, moved while it runs (libfaketime). What measures spans is not touched.</summary>
internal sealed class MovedClock
{
    // The variant for programs with threads: Debian's package libfaketime.
    private const string Library = "/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1";
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(10);

    private readonly string file;

    public MovedClock(string file)
    {
        this.file = file;
        File.WriteAllText(file, "+0");
    }

    /// <summary>Environment of the process.</summary>
    public IEnumerable<KeyValuePair<string, string>> Settings => File.Exists(Library)
        ? new Dictionary<string, string>
        {
            ["LD_PRELOAD"] = Library,
            ["FAKETIME_TIMESTAMP_FILE"] = file,
            ["FAKETIME_CACHE_DURATION"] = "1",
            ["FAKETIME_DONT_FAKE_MONOTONIC"] = "1",
            // Without it every wait of .NET returns at once, and a core is busy with waiting again.
            ["FAKETIME_FORCE_MONOTONIC_FIX"] = "0",
            ["NO_FAKE_STAT"] = "1",
        }
        : throw new InvalidOperationException($"{Library} is missing: apt-get install faketime.");

    /// <summary>Moves it, and waits until the node goes by it.</summary>
    /// <exception cref="TimeoutException">It does not.</exception>
    public async Task MoveAsync(ServerProcess node, TimeSpan by, CancellationToken cancellation)
    {
        // In one go: the file is read at any moment.
        await File.WriteAllTextAsync(file + ".new", $"{by.TotalSeconds:+0;-0}", cancellation);
        File.Move(file + ".new", file, overwrite: true);
        var deadline = DateTimeOffset.UtcNow + Tolerance;
        while (await node.ClockAsync(cancellation) is not { } clock || (clock - DateTimeOffset.UtcNow - by).Duration() > Tolerance)
        {
            if (DateTimeOffset.UtcNow > deadline) throw new TimeoutException($"The clock of {node.Address} did not move.");
            await Task.Delay(100, cancellation);
        }
    }
}
