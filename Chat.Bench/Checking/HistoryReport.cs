namespace Chat.Bench.Checking;

/// <summary>What a check found.</summary>
internal sealed class HistoryReport
{
    private const int MostDetails = 10;
    private readonly List<string> details = [];

    /// <summary>Messages acknowledged and not stored.</summary>
    public int Lost;

    /// <summary>Messages stored more than once.</summary>
    public int Doubled;

    /// <summary>Messages at another place than told, out of their sender's order, or told to a client late or twice.</summary>
    public int Reordered;

    /// <summary>Rooms whose versions do not run from 1 to the head.</summary>
    public int Gaps;

    /// <summary>Clients that do not show what the store has.</summary>
    public int Differing;

    public int Acknowledged { get; init; }

    public int Stored { get; init; }

    public int Clients { get; init; }

    public int Resets { get; set; }

    public bool IsClean => Lost + Doubled + Reordered + Gaps + Differing is 0 && Acknowledged > 0;

    public void Add(ref int count, string detail)
    {
        count++;
        if (details.Count < MostDetails) details.Add(detail);
    }

    public override string ToString() => string.Join(
        '\n',
        [
            $"acknowledged {Acknowledged:N0}, stored {Stored:N0} (system messages included), clients compared {Clients:N0}, taken afresh {Resets:N0} times",
            $"lost {Lost}, doubled {Doubled}, reordered {Reordered}, rooms with gaps {Gaps}, clients that differ {Differing}",
            .. details.Select(detail => "  " + detail),
        ]);
}
