using Chat.Client.Events;
using Chat.Contracts;

namespace Chat.Client.Rooms;

/// <summary>The rooms that the user is invited to, the latest first.</summary>
internal sealed class Invitations(ClientEvents events)
{
    private readonly Lock gate = new();
    private List<Invitation> open = [];

    public IReadOnlyList<Invitation> Open
    {
        get
        {
            lock (gate) return [.. open];
        }
    }

    /// <summary>All of them, as the server says with each connection.</summary>
    public void Set(IReadOnlyList<Invitation> invitations)
    {
        List<Invitation> before;
        lock (gate) (before, open) = (open, [.. invitations]);
        foreach (var ended in before.Where(one => invitations.All(other => RoomOf(other) != RoomOf(one)))) Tell(RoomOf(ended));
        foreach (var given in invitations.Where(one => before.TrueForAll(other => RoomOf(other) != RoomOf(one)))) events.Raise(given);
    }

    public void Add(Invitation invitation)
    {
        lock (gate)
        {
            if (open.Exists(one => RoomOf(one) == RoomOf(invitation))) return;
            open.Insert(0, invitation);
        }
        events.Raise(invitation);
    }

    /// <summary>Taken, turned down or taken back.</summary>
    public void Remove(Guid roomId)
    {
        lock (gate)
            if (open.RemoveAll(one => RoomOf(one) == roomId) is 0) return;
        Tell(roomId);
    }

    private static Guid RoomOf(Invitation invitation) => invitation.Room.Room.RoomId;

    private void Tell(Guid roomId) => events.Raise(new InvitationEnded { RoomId = roomId });
}
