using Chat.Contracts;

namespace Chat.Hub.Rooms;

/// <summary>Ends somebody's membership by own choice.</summary>
internal sealed record QuitRoom(Speaker Who, Guid RoomId) : RoomChange(RoomId)
{
    public override void Tell(Needs needs)
    {
        base.Tell(needs);
        needs.Members.Add((RoomId, Who.UserId));
    }

    public override Decision Decide(RoomLedger room, DateTimeOffset now)
    {
        // Whoever has left already has what it asks for: a repeat after a lost answer is no error.
        if (room.Members.GetValueOrDefault(Who.UserId) is { State: MemberState.Left } left) return Decision.AsBefore(left);
        if (room.ActiveMember(Who.UserId) is not { } member) return Decision.Refuse(Refusal.NotAMember);

        var gone = member with { State = MemberState.Left, LeftAt = now };
        return Decision.Append(gone, SystemMessages.Left(gone, now));
    }
}
