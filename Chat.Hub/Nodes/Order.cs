using Chat.Contracts;
using Chat.Hub.Presence;

namespace Chat.Hub.Nodes;

/// <summary>Something that is done once to connections wherever they are: those of a user, or one by its id.</summary>
internal sealed record Order
{
    public Guid Id { get; init; } = Guid.NewGuid();

    /// <summary>Whose connections; null with <see cref="ConnectionId"/>.</summary>
    public Guid? UserId { get; init; }

    /// <summary>Which connection; null with <see cref="UserId"/>.</summary>
    public string? ConnectionId { get; init; }

    /// <summary>Close with this code; null not to close.</summary>
    public CloseCode? Close { get; init; }

    /// <summary>Show this; null for nothing.</summary>
    public Notice? Notice { get; init; }

    /// <summary>Tell of this invitation; null for none.</summary>
    public Invitation? Invitation { get; init; }

    /// <summary>Tell that this invitation is no more; null for none.</summary>
    public InvitationEnded? InvitationEnded { get; init; }

    /// <summary>Sessions of the user that were revoked: their connections are closed, and the others told.</summary>
    public IReadOnlyList<Guid> EndedSessions { get; init; } = [];

    /// <summary>What the user says of itself from now on; null for no change.</summary>
    public StatusText? Text { get; init; }

    /// <summary>Hear this room no more; null for none.</summary>
    public Guid? LeaveRoomId { get; init; }
}
