namespace Chat.Client.Connecting;

/// <summary>Why the client itself gave up a link.</summary>
internal enum LinkLoss
{
    None = 0,

    /// <summary>Its node stops and asked to go.</summary>
    Drained,

    /// <summary>The machine slept for longer than the server keeps a silent connection.</summary>
    Slept,

    /// <summary>A probe was not answered.</summary>
    Unanswered,
}
