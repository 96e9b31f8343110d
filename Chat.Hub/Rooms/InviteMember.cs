using Chat.Contracts;

namespace Chat.Hub.Rooms;

/// <summary>Invites somebody to a room.</summary>
internal sealed record InviteMember(Speaker Actor, Guid RoomId, User Guest) : RoomChange(RoomId)
{
    public override void Tell(Needs needs)
    {
        base.Tell(needs);
        needs.Members.Add((RoomId, Actor.UserId));
        needs.Members.Add((RoomId, Guest.Id));
    }

    public override Decision Decide(RoomLedger room, DateTimeOffset now)
    {
        if (Permissions.Check(Act.Invite, room.Room, Actor, room.Members.GetValueOrDefault(Actor.UserId), now) is { } refusal)
            return Decision.Refuse(refusal);
        var before = room.Members.GetValueOrDefault(Guest.Id);
        if (before is { State: MemberState.Active or MemberState.Invited }) return Decision.AsBefore(before);
        if (before is { State: MemberState.Banned } && (before.BannedUntil is null || before.BannedUntil > now))
            return Decision.Refuse(Refusal.Of(ErrorCode.Banned, $"{Guest.Name} is banned from this room."));

        var invited = Membership.Of(new Speaker(Guest.Id, Guest.Name, Guest.Kind), RoomId, MemberRole.Member, now) with
        {
            State = MemberState.Invited,
            InvitedBy = Actor.UserId,
            MutedUntil = before?.MutedUntil,
        };
        return Decision.Append(invited) with { Trail = Audit.Of(RoomId, Actor, AuditAct.Invited, now, invited) };
    }
}

/// <summary>Ends an invitation: taken back, or turned down by whom it was given to.</summary>
internal sealed record EndInvitation(Speaker Actor, Guid RoomId, Guid GuestId) : RoomChange(RoomId)
{
    public override void Tell(Needs needs)
    {
        base.Tell(needs);
        needs.Members.Add((RoomId, Actor.UserId));
        needs.Members.Add((RoomId, GuestId));
    }

    public override Decision Decide(RoomLedger room, DateTimeOffset now)
    {
        var isOwn = Actor.UserId == GuestId;
        if (!isOwn && Permissions.Check(Act.Invite, room.Room, Actor, room.Members.GetValueOrDefault(Actor.UserId), now) is { } refusal)
            return Decision.Refuse(refusal);
        if (room.Members.GetValueOrDefault(GuestId) is not { } guest) return Decision.Refuse(Refusal.NotFound("invitation"));
        if (guest.State is not MemberState.Invited) return Decision.AsBefore(guest);
        return Decision.Append(guest with { State = MemberState.Left, LeftAt = now, InvitedBy = null }) with
        {
            Trail = isOwn ? null : Audit.Of(RoomId, Actor, AuditAct.InvitationRevoked, now, guest),
        };
    }
}
