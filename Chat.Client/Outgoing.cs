using Chat.Contracts;

namespace Chat.Client;

/// <summary>A message of the user that is not in its room yet, as it is now. It does not change: another one takes its place.</summary>
public sealed record Outgoing
{
    /// <summary>What is posted; its id belongs to it for ever, over repeats and restarts.</summary>
    public required SendMessage Request { get; init; }

    /// <summary>When it was written, by the clock of this device.</summary>
    public required DateTimeOffset WrittenAt { get; init; }

    /// <summary>How far it has come.</summary>
    public required OutgoingState State { get; init; }

    /// <summary>Why it <see cref="OutgoingState.Failed"/>; null otherwise.</summary>
    public ChatException? Error { get; init; }

    /// <summary>Its <see cref="SendMessage.ClientMessageId"/>.</summary>
    public Guid Id => Request.ClientMessageId;

    /// <summary>Where it goes.</summary>
    public Guid RoomId => Request.RoomId;

    /// <summary>Its text.</summary>
    public string Text => Request.Text;
}

/// <summary>How far a message of the user has come.</summary>
public enum OutgoingState
{
    /// <summary>It waits, or is on its way.</summary>
    Sending = 0,

    /// <summary>The server has it on disk; it is about to appear in the room.</summary>
    Sent,

    /// <summary>
    /// Refused, and kept: <see cref="ChatClient.EditOutgoing"/>, <see cref="ChatClient.RetryOutgoing"/> or
    /// <see cref="ChatClient.DropOutgoing"/> decide about it.
    /// </summary>
    Failed,
}
