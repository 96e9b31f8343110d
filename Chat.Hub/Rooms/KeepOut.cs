using Chat.Contracts;

namespace Chat.Hub.Rooms;

/// <summary>Bans somebody from a room: takes it out if it is in, and keeps it out.</summary>
/// <param name="Actor">Who.</param>
/// <param name="Request">Whom, and for how long.</param>
/// <param name="Stranger">The user, for one who never was in the room.</param>
internal sealed record KeepOut(Speaker Actor, BanMember Request, User Stranger) : RoomChange(Request.RoomId)
{
    public override Error? Check(RoomLimits limits) =>
        RoomRules.CheckReason(Request.Reason) ?? (Request.Seconds is { } seconds ? RoomRules.CheckSeconds(seconds, least: 1) : null);

    public override void Tell(Needs needs)
    {
        base.Tell(needs);
        needs.Members.Add((RoomId, Actor.UserId));
        needs.Members.Add((RoomId, Request.UserId));
    }

    public override Decision Decide(RoomLedger room, DateTimeOffset now)
    {
        var member = room.Members.GetValueOrDefault(Request.UserId)
            ?? Membership.Of(new Speaker(Stranger.Id, Stranger.Name, Stranger.Kind), RoomId, MemberRole.Member, now) with { State = MemberState.Left, LeftAt = now };
        if (Subjects.Refused(Act.Ban, room, Actor, member, now) is { } refusal) return Decision.Refuse(refusal);

        var until = Request.Seconds is { } seconds ? now.AddSeconds(seconds) : (DateTimeOffset?)null;
        if (member.State is MemberState.Banned && Subjects.IsRepeat(member.BannedUntil, until) && member.Reason == (Request.Reason ?? ""))
            return Decision.AsBefore(member);
        var banned = member with
        {
            State = MemberState.Banned,
            Role = MemberRole.Member,
            LeftAt = member.State is MemberState.Active ? now : member.LeftAt ?? now,
            BannedUntil = until,
            Reason = Request.Reason ?? "",
            InvitedBy = null,
        };
        var trail = Audit.Of(RoomId, Actor, AuditAct.Banned, now, banned, banned.Reason);
        // Of somebody who is not there the room does not speak; its moderators read it in the trail.
        return member.State is MemberState.Active
            ? Decision.Append(banned, SystemMessages.Banned(banned, Actor, now)) with { Trail = trail }
            : Decision.Append(banned) with { Trail = trail };
    }
}

/// <summary>Lets a banned user come in again.</summary>
internal sealed record LetIn(Speaker Actor, Guid RoomId, Guid UserId) : RoomChange(RoomId)
{
    public override void Tell(Needs needs)
    {
        base.Tell(needs);
        needs.Members.Add((RoomId, Actor.UserId));
        needs.Members.Add((RoomId, UserId));
    }

    public override Decision Decide(RoomLedger room, DateTimeOffset now)
    {
        var member = room.Members.GetValueOrDefault(UserId);
        if (Subjects.Refused(Act.Ban, room, Actor, member, now) is { } refusal) return Decision.Refuse(refusal);
        if (member is not { State: MemberState.Banned })
            return member is null ? Decision.Refuse(Refusal.NotFound("ban")) : Decision.AsBefore(member);
        return Decision.Append(member with { State = MemberState.Kicked, BannedUntil = null, Reason = "" }) with
        {
            Trail = Audit.Of(RoomId, Actor, AuditAct.Unbanned, now, member),
        };
    }
}
