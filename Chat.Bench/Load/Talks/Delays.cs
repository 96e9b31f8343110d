using System.Diagnostics;

namespace Chat.Bench.Load.Talks;

/// <summary>From sending to being delivered, counted in steps of 3 %, so that millions cost no memory.</summary>
internal sealed class Delays
{
    private const int Kept = 1 << 14;
    private const int Steps = 1 << 11;
    private const double Ratio = 1.03;

    private readonly Dictionary<int, long[]> sent = [];
    private readonly long[] counts = new long[Steps];

    public long Count { get; private set; }

    public void Sent(int sender, int number)
    {
        if (!sent.TryGetValue(sender, out var times)) sent[sender] = times = new long[Kept];
        times[number % Kept] = Stopwatch.GetTimestamp();
    }

    public void Heard(int sender, int number)
    {
        var microseconds = Stopwatch.GetElapsedTime(sent[sender][number % Kept]).TotalMicroseconds;
        counts[Math.Clamp((int)(Math.Log(Math.Max(1, microseconds)) / Math.Log(Ratio)), 0, Steps - 1)]++;
        Count++;
    }

    /// <summary>In µs: this share of all was not slower.</summary>
    public double Of(double share)
    {
        long seen = 0;
        for (var step = 0; step < Steps; step++)
        {
            seen += counts[step];
            if (seen > 0 && seen >= Count * share) return Math.Pow(Ratio, step + 0.5);
        }
        return 0;
    }
}
