using Chat.Contracts;

namespace Chat.Hub.Rooms;

/// <summary>Something that somebody wants to change in a room. Pure: no store, no socket, no clock.</summary>
internal abstract record RoomChange(Guid RoomId)
{
    /// <summary>What is wrong with the request whatever the room looks like; null for nothing.</summary>
    public virtual Error? Check(RoomLimits limits) => null;

    /// <summary>Says what must be read before <see cref="Decide"/>. The room itself always is.</summary>
    public virtual void Tell(Needs needs) => needs.Rooms.Add(RoomId);

    /// <summary>Decides under the room's lock.</summary>
    public abstract Decision Decide(RoomLedger room, DateTimeOffset now);
}

/// <summary>Who asks.</summary>
internal sealed record Speaker(Guid UserId, string Name, UserKind Kind)
{
    /// <summary>The sign-in it asks over.</summary>
    public Guid SessionId { get; init; }

    /// <summary>Whether it administers the server, and so may do in any room what its owner may.</summary>
    public bool IsAdministrator { get; init; }
}
