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

    public StatusBoard Board { get; } = new();

    public ChatStatus Status => Board.Current;

    public void Change(ChatStatus status)
    {
        Board.Show(status);
        queue.Raise(StatusChanged, sender, status, nameof(StatusChanged));
    }

    public void Added(ChatRoom room) => queue.Raise(RoomAdded, sender, room, nameof(RoomAdded));

    public void Removed(ChatRoom room) => queue.Raise(RoomRemoved, sender, room, nameof(RoomRemoved));

    public void Raise(Notice notice) => queue.Raise(NoticeGiven, sender, notice, nameof(NoticeGiven));

    public void Raise(Invitation invitation) => queue.Raise(InvitationGiven, sender, invitation, nameof(InvitationGiven));

    public void Raise(InvitationEnded ended) => queue.Raise(InvitationEnded, sender, ended, nameof(InvitationEnded));

    public void Raise(Outgoing outgoing) => queue.Raise(OutgoingChanged, sender, outgoing, nameof(OutgoingChanged));

    public void Raise(SessionRevoked revoked) => queue.Raise(SessionRevoked, sender, revoked, nameof(SessionRevoked));

    public void Raise(Draining draining) => queue.Raise(Draining, sender, draining, nameof(Draining));
}
