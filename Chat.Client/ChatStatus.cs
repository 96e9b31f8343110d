using Chat.Contracts;

namespace Chat.Client;

/// <summary>How a <see cref="ChatClient"/> stands to its server.</summary>
public enum ChatState
{
    /// <summary>By choice: not started, or stopped.</summary>
    Offline = 0,

    /// <summary>On its way for the first time.</summary>
    Connecting,

    /// <summary>Connected, and fetching what was missed; requests are answered.</summary>
    CatchingUp,

    /// <summary>
    /// Connected, and all that was missed is here. A single room that misses a live event fetches it while the state stays.
    /// </summary>
    Connected,

    /// <summary>The connection is lost; what is sent waits.</summary>
    Reconnecting,

    /// <summary>The token is no longer taken: sign in, then <see cref="ChatClient.StartAsync"/>.</summary>
    SignedOut,

    /// <summary>
    /// Told by the server never to come back (banned, or of a version that is not spoken), or no connection can be made by
    /// these options; <see cref="ChatStatus.Reason"/> says which.
    /// </summary>
    Stopped,
}

/// <summary>A state with what belongs to it.</summary>
public sealed record ChatStatus
{
    /// <summary>The state.</summary>
    public required ChatState State { get; init; }

    /// <summary>While <see cref="ChatState.Connecting"/> or <see cref="ChatState.Reconnecting"/>: when the next try begins; null during one.</summary>
    public DateTimeOffset? NextTryAt { get; init; }

    /// <summary>What led here; null when nothing failed.</summary>
    public Exception? Reason { get; init; }

    /// <summary>The server's last word on the connection that ended; null without one.</summary>
    public Closing? Closing { get; init; }
}
