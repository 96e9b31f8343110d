using Chat.Contracts;

namespace Chat.Client.Connecting;

/// <summary>A connection that had worked is over.</summary>
internal sealed class LinkEndedException(Closing? closing, bool drained, Exception? error)
    : Exception(Epitaph(closing, drained, error), error)
{
    public Closing? Closing { get; } = closing;

    public bool Drained { get; } = drained;

    private static string Epitaph(Closing? closing, bool drained, Exception? error) =>
        closing is not null ? $"The server closed the connection: {closing.Message} ({closing.Code})"
        : drained ? "The node stops."
        : error?.Message ?? "The connection was closed.";
}
