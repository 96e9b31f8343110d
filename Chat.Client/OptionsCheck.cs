namespace Chat.Client;

/// <summary>Says which option makes no sense, before anything is made of it.</summary>
internal static class OptionsCheck
{
    private const int LongestName = 200;

    /// <exception cref="ArgumentException">One makes no sense.</exception>
    public static void Check(ChatClientOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Server is not { IsAbsoluteUri: true }) throw Wrong(nameof(options.Server), "must be an absolute address, such as https://chat.example.org");
        if (options.Server.Scheme is not ("http" or "https")) throw Wrong(nameof(options.Server), "must be an address of http or https");
        if (options.ClientName is not { Length: <= LongestName }) throw Wrong(nameof(options.ClientName), $"must be at most {LongestName} characters");
        if (options.MessagesKept < 1) throw Wrong(nameof(options.MessagesKept), "must be at least 1 message");
        Above(nameof(options.FirstBackoff), options.FirstBackoff, TimeSpan.Zero, "0 seconds");
        Above(nameof(options.KeepAlive), options.KeepAlive, TimeSpan.Zero, "0 seconds");
        Above(nameof(options.PingInterval), options.PingInterval, TimeSpan.Zero, "0 seconds");
        Above(nameof(options.ServerTimeout), options.ServerTimeout, options.KeepAlive, $"{nameof(options.KeepAlive)} ({options.KeepAlive.TotalSeconds} seconds)");
        if (options.LongestBackoff < options.FirstBackoff)
            throw Wrong(nameof(options.LongestBackoff), $"must be at least {nameof(options.FirstBackoff)} ({options.FirstBackoff.TotalSeconds} seconds)");
    }

    private static void Above(string name, TimeSpan time, TimeSpan bound, string words)
    {
        if (time <= bound) throw Wrong(name, $"must be above {words}, and is {time.TotalSeconds} seconds");
    }

    private static ArgumentException Wrong(string name, string why) => new($"{nameof(ChatClientOptions)}.{name} {why}.", name);
}
