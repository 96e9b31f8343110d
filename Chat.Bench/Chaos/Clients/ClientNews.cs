using Chat.Bench.Checking;

namespace Chat.Bench.Chaos.Clients;

/// <summary>What happened to clients since it was asked last.</summary>
internal sealed record ClientNews
{
    public IReadOnlyList<Acknowledged> Acknowledged { get; init; } = [];

    /// <summary>What their people saw go wrong.</summary>
    public IReadOnlyList<VisibleError> Errors { get; init; } = [];

    /// <summary>How often a connection was lost and made again.</summary>
    public int Reconnects { get; init; }

    /// <summary>The longest time that one was without a connection, in milliseconds.</summary>
    public double LongestAwayMs { get; init; }

    /// <summary>From the sending of each message to its being shown, in milliseconds.</summary>
    public IReadOnlyList<double> DelaysMs { get; init; } = [];

    public static ClientNews Of(IReadOnlyCollection<ClientNews> all) => new()
    {
        Acknowledged = [.. all.SelectMany(news => news.Acknowledged)],
        Errors = [.. all.SelectMany(news => news.Errors)],
        Reconnects = all.Sum(news => news.Reconnects),
        LongestAwayMs = all.Max(news => news.LongestAwayMs),
        DelaysMs = [.. all.SelectMany(news => news.DelaysMs)],
    };
}

/// <summary>An error that a person saw.</summary>
/// <param name="Who">The client.</param>
/// <param name="What">What it wanted to do.</param>
/// <param name="Code">On the wire.</param>
/// <param name="Message">In words.</param>
internal sealed record VisibleError(string Who, string What, string Code, string Message)
{
    /// <summary>Whether it only says that it cannot be done now.</summary>
    public bool IsUnavailable => Code is "unavailable" or "rate_limited" or "not_connected";
}
