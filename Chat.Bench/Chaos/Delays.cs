namespace Chat.Bench.Chaos;

/// <summary>From sending to being shown, in milliseconds.</summary>
internal readonly record struct Delays(int Count, double Median, double Ninety9, double Longest)
{
    public static Delays Of(IEnumerable<double> all)
    {
        var sorted = all.Order().ToArray();
        return sorted.Length is 0 ? default : new(sorted.Length, sorted[sorted.Length / 2], sorted[sorted.Length * 99 / 100], sorted[^1]);
    }

    public override string ToString() => $"{Median:F0}/{Ninety9:F0}/{Longest:F0} ms (50 %, 99 %, all of {Count:N0})";
}
