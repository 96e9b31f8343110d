using Chat.Contracts;

namespace Chat.Hub.Rooms;

/// <summary>Ends somebody's membership by own choice. An owner hands the room on.</summary>
internal sealed record QuitRoom(Speaker Who, Guid RoomId) : RoomChange(RoomId)
{
    private static readonly TimeSpan Shortly = TimeSpan.FromMilliseconds(100);

    public override void Tell(Needs needs)
    {
        base.Tell(needs);
        needs.Members.Add((RoomId, Who.UserId));
        needs.Leaders.Add(RoomId);
    }

    public override Decision Decide(RoomLedger room, DateTimeOffset now)
    {
        // Whoever has left already has what it asks for: a repeat after a lost answer is no error.
        if (room.Members.GetValueOrDefault(Who.UserId) is { State: MemberState.Left } left) return Decision.AsBefore(left);
        if (room.ActiveMember(Who.UserId) is not { } member) return Decision.Refuse(Refusal.NotAMember);
        if (room.Room is { Kind: RoomKind.Direct })
            return Decision.Refuse(Refusal.Of(ErrorCode.Forbidden, "A direct room cannot be left: it is between the same people for ever."));

        var gone = member with { State = MemberState.Left, LeftAt = now, InvitedBy = null };
        if (member.Role is not MemberRole.Owner || room.Seats is 1) return Decision.Append(gone, SystemMessages.Left(gone, now));
        // The next one may have left in the same commit: then the store must be asked again.
        if (room.HeirOf(Who.UserId) is not { } heir) return Decision.Refuse(Refusal.Unavailable(Shortly));
        var owner = heir with { Role = MemberRole.Owner };
        return Decision.Append(
            gone with { Role = MemberRole.Member }, SystemMessages.Left(gone, now), owner, SystemMessages.RoleChanged(owner, null, now));
    }
}
