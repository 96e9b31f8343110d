using Chat.Contracts;

namespace Chat.Hub.Rooms;

/// <summary>Deletes a room. What was in it is no longer anybody's; the store clears it away later.</summary>
/// <param name="RoomId">Which.</param>
/// <param name="Actor">Who; null for the server itself.</param>
/// <param name="Reason">For its members to read.</param>
/// <param name="IfEmptySince">Only if nobody has been in it since then, and it is temporary; null in any case.</param>
internal sealed record RemoveRoom(Guid RoomId, Speaker? Actor, string? Reason, DateTimeOffset? IfEmptySince = null) : RoomChange(RoomId)
{
    public override Error? Check(RoomLimits limits) => RoomRules.CheckReason(Reason);

    public override void Tell(Needs needs)
    {
        base.Tell(needs);
        if (Actor is not null) needs.Members.Add((RoomId, Actor.UserId));
    }

    public override Decision Decide(RoomLedger room, DateTimeOffset now)
    {
        // A repeat of whoever deleted it, after a lost answer.
        if (room.Room is { DeletedAt: not null } gone) return Decision.AsBefore(gone);
        if (Actor is not null)
        {
            if (Permissions.Check(Act.Delete, room.Room, Actor, room.Members.GetValueOrDefault(Actor.UserId), now) is { } refusal)
                return Decision.Refuse(refusal);
        }
        else if (room.Room is not { IsTemporary: true } || !(room.EmptySince <= IfEmptySince))
        {
            return Decision.Refuse(Refusal.NotFound("empty room"));
        }

        return Decision.Append(room.Room! with { DeletedAt = now, DeletedReason = Reason ?? "" }) with
        {
            Trail = Audit.Of(RoomId, Actor, AuditAct.RoomDeleted, now, detail: Reason ?? ""),
        };
    }
}
