using Chat.Contracts;

namespace Chat.Client.Connecting;

/// <summary>A connection is over.</summary>
internal sealed class LinkEndedException(Closing? closing, LinkLoss loss, Exception? error)
    : Exception(Epitaph(closing, loss, error), error)
{
    public Closing? Closing { get; } = closing;

    public LinkLoss Loss { get; } = loss;

    private static string Epitaph(Closing? closing, LinkLoss loss, Exception? error) => (closing, loss) switch
    {
        ({ } said, _) => $"The server closed the connection: {said.Message} ({said.Code})",
        (_, LinkLoss.Drained) => "The node stops.",
        (_, LinkLoss.Slept) => "The machine slept, or the program was frozen.",
        (_, LinkLoss.Unanswered) => "The connection did not answer.",
        _ => error?.Message ?? "The connection was closed.",
    };
}
