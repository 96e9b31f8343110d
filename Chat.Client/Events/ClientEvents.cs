using Chat.Contracts;

namespace Chat.Client.Events;

/// <summary>What a client tells about itself, and the state it is in.</summary>
internal sealed class ClientEvents(EventQueue queue, object sender)
{
    public event EventHandler<ChatStatus>? StatusChanged;
    public event EventHandler<ChatRoom>? RoomAdded;
    public event EventHandler<ChatRoom>? RoomRemoved;
    public event EventHandler<Notice>? NoticeGiven;
    public event EventHandler<SessionRevoked>? SessionRevoked;
    public event EventHandler<Invitation>? InvitationGiven;
    public event EventHandler<InvitationEnded>? InvitationEnded;
    public event EventHandler<Outgoing>? OutgoingChanged;
    public event EventHandler<Draining>? Draining;

    /// <summary>Something of the client itself is another; told at once.</summary>
    public event Action? Touched;

    /// <summary>The state is another; told at once.</summary>
    public event Action<ChatStatus>? Stated;

    /// <summary>What waits to be sent into a room is another; told at once, while the outbox is locked.</summary>
    public event Action<Guid>? OutgoingTouched;

    public StatusBoard Board { get; } = new();

    public ChatStatus Status => Board.Current;

    public void Change(ChatStatus status)
    {
        Board.Show(status);
        queue.Raise(StatusChanged, sender, status, nameof(StatusChanged));
        Stated?.Invoke(status);
        Touched?.Invoke();
    }

    public void Added(ChatRoom room)
    {
        queue.Raise(RoomAdded, sender, room, nameof(RoomAdded));
        Touched?.Invoke();
    }

    public void Removed(ChatRoom room)
    {
        queue.Raise(RoomRemoved, sender, room, nameof(RoomRemoved));
        Touched?.Invoke();
    }

    public void Raise(Notice notice) => queue.Raise(NoticeGiven, sender, notice, nameof(NoticeGiven));

    public void Raise(Invitation invitation)
    {
        queue.Raise(InvitationGiven, sender, invitation, nameof(InvitationGiven));
        Touched?.Invoke();
    }

    public void Raise(InvitationEnded ended)
    {
        queue.Raise(InvitationEnded, sender, ended, nameof(InvitationEnded));
        Touched?.Invoke();
    }

    public void Raise(Outgoing outgoing)
    {
        queue.Raise(OutgoingChanged, sender, outgoing, nameof(OutgoingChanged));
        OutgoingTouched?.Invoke(outgoing.RoomId);
    }

    public void Raise(SessionRevoked revoked) => queue.Raise(SessionRevoked, sender, revoked, nameof(SessionRevoked));

    public void Raise(Draining draining) => queue.Raise(Draining, sender, draining, nameof(Draining));
}
