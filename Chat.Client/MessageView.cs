using Chat.Contracts;
using Microsoft.Extensions.Logging;

namespace Chat.Client;

/// <summary>
/// A message as it is shown: first what the user wrote, then, in the same object, the message of the room. Changed only in
/// <see cref="ChatClientOptions.EventContext"/>.
/// </summary>
public sealed class MessageView : BindableView
{
    private readonly Guid? me;

    internal MessageView(Guid? me, ILogger log) : base(null, log) => this.me = me;

    /// <summary>The message; null while it is not in the room.</summary>
    public Message? Message { get; private set => Set(ref field, value); }

    /// <summary>What the user wrote; null once it is in the room.</summary>
    public Outgoing? Outgoing { get; private set => Set(ref field, value); }

    /// <summary>How far it has come: what is in the room is <see cref="OutgoingState.Sent"/>.</summary>
    public OutgoingState State { get; private set => Set(ref field, value); }

    /// <summary>Why it <see cref="OutgoingState.Failed"/>; null otherwise.</summary>
    public ChatException? Error { get; private set => Set(ref field, value); }

    /// <summary>Its text; empty where it was deleted.</summary>
    public string Text { get; private set => Set(ref field, value); } = "";

    /// <summary>Who wrote it; null for the room itself, and before the user is known.</summary>
    public Guid? AuthorId { get; private set => Set(ref field, value); }

    /// <summary>The author's name; empty for the room itself, and before the user is known.</summary>
    public string AuthorName { get; private set => Set(ref field, value); } = "";

    /// <summary>When it was posted, by the server's clock; before that, when it was written, by the clock of this device.</summary>
    public DateTimeOffset At { get; private set => Set(ref field, value); }

    /// <summary>Whether the user wrote it.</summary>
    public bool IsMine { get; private set => Set(ref field, value); }

    /// <summary>Whether the room itself says what happened.</summary>
    public bool IsSystem { get; private set => Set(ref field, value); }

    /// <summary>Whether it was edited.</summary>
    public bool IsEdited { get; private set => Set(ref field, value); }

    /// <summary>Whether it was deleted.</summary>
    public bool IsDeleted { get; private set => Set(ref field, value); }

    /// <summary>Whether it is still being written, by a program.</summary>
    public bool IsGrowing { get; private set => Set(ref field, value); }

    internal override void Refresh() => TellChanges();

    internal void Show(Message message)
    {
        (Message, Outgoing, State, Error) = (message, null, OutgoingState.Sent, null);
        (Text, AuthorId, AuthorName, At) = (message.Text, message.AuthorId, message.AuthorName, message.CreatedAt);
        IsMine = message.AuthorId is { } author && author == me;
        (IsSystem, IsEdited, IsDeleted) = (message.Kind is MessageKind.System, message.EditedAt is not null, message.DeletedAt is not null);
        IsGrowing = message is { Stream: StreamState.Open, DeletedAt: null };
    }

    internal void Show(Outgoing outgoing, User? user)
    {
        (Message, Outgoing, State, Error) = (null, outgoing, outgoing.State, outgoing.Error);
        (Text, AuthorId, AuthorName, At) = (outgoing.Text, user?.Id, user?.Name ?? "", outgoing.WrittenAt);
        IsMine = true;
    }
}
