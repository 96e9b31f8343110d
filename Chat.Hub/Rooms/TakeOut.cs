using Chat.Contracts;

namespace Chat.Hub.Rooms;

/// <summary>Takes a member out of a room.</summary>
internal sealed record TakeOut(Speaker Actor, KickMember Request) : RoomChange(Request.RoomId)
{
    public override Error? Check(RoomLimits limits) => RoomRules.CheckReason(Request.Reason);

    public override void Tell(Needs needs)
    {
        base.Tell(needs);
        needs.Members.Add((RoomId, Actor.UserId));
        needs.Members.Add((RoomId, Request.UserId));
    }

    public override Decision Decide(RoomLedger room, DateTimeOffset now)
    {
        var member = room.Members.GetValueOrDefault(Request.UserId);
        if (Subjects.Refused(Act.Kick, room, Actor, member, now) is { } refusal) return Decision.Refuse(refusal);
        if (member is { State: MemberState.Kicked }) return Decision.AsBefore(member);
        if (member is not { State: MemberState.Active }) return Decision.Refuse(Refusal.NotFound("member"));

        var gone = member with { State = MemberState.Kicked, Role = MemberRole.Member, LeftAt = now, Reason = Request.Reason ?? "" };
        return Decision.Append(gone, SystemMessages.Kicked(gone, Actor, now)) with
        {
            Trail = Audit.Of(RoomId, Actor, AuditAct.Kicked, now, gone, gone.Reason),
        };
    }
}
