using Chat.Contracts;

namespace Chat.Hub.Rooms;

/// <summary>Makes somebody a member.</summary>
internal sealed record EnterRoom(Speaker Who, Guid RoomId) : RoomChange(RoomId)
{
    public override void Tell(Needs needs)
    {
        base.Tell(needs);
        needs.Members.Add((RoomId, Who.UserId));
    }

    public override Decision Decide(RoomLedger room, DateTimeOffset now)
    {
        var member = room.Members.GetValueOrDefault(Who.UserId);
        if (member is { State: MemberState.Active }) return Decision.AsBefore(member);
        if (room.Room is not { Kind: RoomKind.Public } target) return Decision.Refuse(Refusal.NotFound("room"));
        if (target.ArchivedAt is not null)
            return Decision.Refuse(Refusal.Of(ErrorCode.Forbidden, "This room is archived."));
        if (member is { State: MemberState.Banned } && (member.BannedUntil is null || member.BannedUntil > now))
            return Decision.Refuse(Refusal.Of(ErrorCode.Banned, "You are banned from this room.", member.BannedUntil - now));
        if (room.Seats >= target.SeatLimit)
            return Decision.Refuse(Refusal.Of(ErrorCode.RoomFull, "All seats of this room are taken."));

        var entered = Membership.Of(Who, RoomId, MemberRole.Member, now) with { MutedUntil = member?.MutedUntil };
        return Decision.Append(entered, SystemMessages.Joined(entered, now));
    }
}
