namespace Chat.Bench.Chaos.Faults;

/// <summary>Every fault there is.</summary>
internal static class AllFaults
{
    private static readonly Fault[] All =
    [
        new NodeKilled(), new NodeFrozen(), new ClockMoved(), new RollingRestart(),
        new RedisKilled(), new RedisAway(), new RedisFrozen(), new RedisFlushed(),
        new PostgreSqlCrashed(), new PostgreSqlAway(), new NginxReloaded(), new ReaderStalled(),
    ];

    public static IEnumerable<string> Names => All.Select(fault => fault.Name);

    /// <summary>Faults without end, in rounds in which each of them comes once, in another order each time.</summary>
    /// <param name="names">Only these; all when empty.</param>
    /// <param name="random">The order.</param>
    public static IEnumerable<Fault> Shuffled(IReadOnlyList<string> names, Random random)
    {
        foreach (var unknown in names.Except(Names)) throw new ArgumentException($"There is no fault \"{unknown}\": {string.Join(", ", Names)}.");
        var wanted = All.Where(fault => names.Count is 0 || names.Contains(fault.Name)).ToArray();
        while (true)
        {
            random.Shuffle(wanted);
            foreach (var fault in wanted.ToArray()) yield return fault;
        }
    }
}
