using Chat.Contracts;
using Chat.Contracts.Wire;

namespace Chat.Hub.Rooms;

/// <summary>Gives a member another role. A room has one owner: the role of owner is handed on.</summary>
internal sealed record GiveRole(Speaker Actor, SetRole Request) : RoomChange(Request.RoomId)
{
    public override void Tell(Needs needs)
    {
        base.Tell(needs);
        needs.Members.Add((RoomId, Actor.UserId));
        needs.Members.Add((RoomId, Request.UserId));
        needs.Leaders.Add(RoomId);
    }

    public override Decision Decide(RoomLedger room, DateTimeOffset now)
    {
        var member = room.ActiveMember(Request.UserId);
        // Whoever handed the room on and did not hear the answer is no owner any more.
        if (Request.Role is MemberRole.Owner && member is { Role: MemberRole.Owner } && room.Room is { DeletedAt: null } && room.ActiveMember(Actor.UserId) is not null)
            return Decision.AsBefore(member);
        if (Permissions.Check(Act.SetRole, room.Room, Actor, room.Members.GetValueOrDefault(Actor.UserId), now) is { } refusal)
            return Decision.Refuse(refusal);
        if (member is null) return Decision.Refuse(Refusal.NotFound("member"));
        if (member.Role == Request.Role) return Decision.AsBefore(member);
        if (member.Role is MemberRole.Owner)
            return Decision.Refuse(Refusal.Invalid("role", "a room has an owner: give the role to somebody else."));

        var after = member with { Role = Request.Role };
        var drafts = new List<RoomRecord> { after, SystemMessages.RoleChanged(after, Actor, now) };
        if (Request.Role is MemberRole.Owner && room.Members.Values.FirstOrDefault(m => m is { State: MemberState.Active, Role: MemberRole.Owner }) is { } owner)
            drafts.Add(owner with { Role = MemberRole.Moderator });
        return Decision.Append([.. drafts]) with
        {
            Trail = Audit.Of(RoomId, Actor, AuditAct.RoleChanged, now, after, WireEnum<MemberRole>.ToWire(after.Role)),
        };
    }
}
