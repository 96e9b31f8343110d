using Chat.Contracts;

namespace Chat.Hub.Rooms;

/// <summary>Makes somebody a member.</summary>
/// <param name="Who">Who.</param>
/// <param name="RoomId">Where.</param>
/// <param name="Proven">The hash that a given password was checked against; null for none. It must still be the room's.</param>
/// <param name="LinkId">The invite link that was shown; null for none.</param>
internal sealed record EnterRoom(Speaker Who, Guid RoomId, string? Proven = null, Guid? LinkId = null) : RoomChange(RoomId)
{
    public override void Tell(Needs needs)
    {
        base.Tell(needs);
        needs.Members.Add((RoomId, Who.UserId));
        if (LinkId is { } link) needs.Links.Add(link);
    }

    public override Decision Decide(RoomLedger room, DateTimeOffset now)
    {
        if (room.Room is not { DeletedAt: null } target) return Decision.Refuse(Refusal.NotFound("room"));
        var member = room.Members.GetValueOrDefault(Who.UserId);
        if (member is { State: MemberState.Active }) return Decision.AsBefore(member);
        var link = LinkId is { } id && room.Ledger.Links.GetValueOrDefault(id) is { } shown && InviteLinks.IsGood(shown, RoomId, now) ? shown : null;
        var isCalled = link is not null || member is { State: MemberState.Invited };
        if (Refused(room, target, member, isCalled, now) is { } refusal) return Decision.Refuse(refusal);

        // The last one who left a room it could decide about finds it again as its own.
        var role = IsLastBack(room, member) ? member!.Role : MemberRole.Member;
        var entered = Membership.Of(Who, RoomId, role, now) with { MutedUntil = member?.MutedUntil, InvitedBy = member?.InvitedBy ?? link?.CreatedBy };
        return Decision.Append(entered, SystemMessages.Joined(entered, now)) with
        {
            Link = link is null ? null : link with { Uses = link.Uses + 1 },
        };
    }

    // Not whoever left before, and not who was only invited.
    private static bool IsLastBack(RoomLedger room, Member? member) =>
        room.Seats is 0 && member is { State: MemberState.Left } && member.LeftAt == room.EmptySince;

    private Error? Refused(RoomLedger room, Room target, Member? member, bool isCalled, DateTimeOffset now)
    {
        var isBack = IsLastBack(room, member);
        if (target.Kind is RoomKind.Direct || (target.Kind is not RoomKind.Public && !isCalled && !isBack))
            return Refusal.NotFound("room");
        if (member is { State: MemberState.Banned } && (member.BannedUntil is null || member.BannedUntil > now))
            return Refusal.Of(ErrorCode.Banned, "You are banned from this room.", member.BannedUntil - now);
        if (target.ArchivedAt is not null && !isBack)
            return Refusal.Of(ErrorCode.Forbidden, "This room is archived.");
        if (room.PasswordHash is { } hash && hash != Proven && !isCalled && !isBack)
            return Refusal.Of(ErrorCode.WrongPassword, Proven is null ? "This room asks for a password." : "The password was changed. Try again.");
        return room.Seats >= target.SeatLimit ? Refusal.Of(ErrorCode.RoomFull, "All seats of this room are taken.") : null;
    }
}
