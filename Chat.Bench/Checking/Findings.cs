namespace Chat.Bench.Checking;

/// <summary>What can be wrong with a history.</summary>
internal enum Flaw
{
    /// <summary>A message was acknowledged and is not stored.</summary>
    Lost,

    /// <summary>A message is stored more than once, or was acknowledged as two.</summary>
    Doubled,

    /// <summary>A message is at another place than told, out of its sender's order, or was told late or twice.</summary>
    Reordered,

    /// <summary>The versions of a room do not run from 1 to the head.</summary>
    Gap,

    /// <summary>A client does not show what the store has.</summary>
    Differing,

    /// <summary>A client was shown something that the store does not have.</summary>
    Phantom,

    /// <summary>A client did not come back, or what it wrote did not go out.</summary>
    Away,

    /// <summary>Somebody is seen online who is not, or the other way round.</summary>
    Presence,

    /// <summary>Something took longer than it may.</summary>
    Late,

    /// <summary>A person saw an error where there must be none.</summary>
    Error,
}

/// <summary>The flaws that were found, counted, with the first of each as evidence.</summary>
internal sealed class Findings
{
    private const int MostDetails = 10;
    private readonly Lock gate = new();
    private readonly Dictionary<Flaw, List<string>> details = [];
    private readonly Dictionary<Flaw, int> counts = [];

    public int this[Flaw flaw] => counts.GetValueOrDefault(flaw);

    public int Count => counts.Values.Sum();

    public IEnumerable<string> Details => details.SelectMany(pair => pair.Value.Select(detail => $"{pair.Key}: {detail}"));

    public void Add(Flaw flaw, string detail)
    {
        lock (gate)
        {
            counts[flaw] = this[flaw] + 1;
            if (!details.TryGetValue(flaw, out var known)) details[flaw] = known = [];
            if (known.Count < MostDetails) known.Add(detail);
        }
    }

    /// <summary>Takes over what another check found.</summary>
    public void Add(Findings others)
    {
        foreach (var (flaw, known) in others.details)
        {
            foreach (var detail in known) Add(flaw, detail);
            lock (gate) counts[flaw] += others[flaw] - known.Count;
        }
    }
}
