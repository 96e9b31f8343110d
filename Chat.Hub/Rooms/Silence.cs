using Chat.Contracts;

namespace Chat.Hub.Rooms;

/// <summary>Mutes a member, or lets it write again.</summary>
internal sealed record Silence(Speaker Actor, MuteMember Request) : RoomChange(Request.RoomId)
{
    public override Error? Check(RoomLimits limits) => RoomRules.CheckReason(Request.Reason) ?? RoomRules.CheckSeconds(Request.Seconds, least: 0);

    public override void Tell(Needs needs)
    {
        base.Tell(needs);
        needs.Members.Add((RoomId, Actor.UserId));
        needs.Members.Add((RoomId, Request.UserId));
    }

    public override Decision Decide(RoomLedger room, DateTimeOffset now)
    {
        var member = room.Members.GetValueOrDefault(Request.UserId);
        if (Subjects.Refused(Act.Mute, room, Actor, member, now) is { } refusal) return Decision.Refuse(refusal);
        if (member is not { State: MemberState.Active }) return Decision.Refuse(Refusal.NotFound("member"));
        if (Request.Seconds is 0 && !(member.MutedUntil > now)) return Decision.AsBefore(member);

        if (Request.Seconds > 0 && Subjects.IsRepeat(member.MutedUntil, now.AddSeconds(Request.Seconds)) && member.Reason == (Request.Reason ?? ""))
            return Decision.AsBefore(member);
        var after = Request.Seconds is 0
            ? member with { MutedUntil = null, Reason = "" }
            : member with { MutedUntil = now.AddSeconds(Request.Seconds), Reason = Request.Reason ?? "" };
        return Decision.Append(after, SystemMessages.Muted(after, Actor, now)) with
        {
            Trail = Audit.Of(RoomId, Actor, after.MutedUntil is null ? AuditAct.Unmuted : AuditAct.Muted, now, after, after.Reason),
        };
    }
}
