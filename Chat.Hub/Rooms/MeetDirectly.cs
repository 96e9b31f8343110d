using Chat.Contracts;

namespace Chat.Hub.Rooms;

/// <summary>Opens the direct room between some people, or finds it.</summary>
/// <param name="Founder">Who opens it.</param>
/// <param name="People">All of them, the founder too.</param>
internal sealed record MeetDirectly(Speaker Founder, IReadOnlyList<User> People)
    : RoomChange(DirectRooms.IdOf(DirectRooms.Between(People.Select(person => person.Id))))
{
    public override Decision Decide(RoomLedger room, DateTimeOffset now)
    {
        if (room.Room is { } before)
            return before is { Kind: RoomKind.Direct, DeletedAt: null } ? Decision.AsBefore(before) : Decision.Refuse(Refusal.NotFound("room"));
        var made = new Room
        {
            RoomId = RoomId,
            Kind = RoomKind.Direct,
            Name = "",
            CreatedBy = Founder.UserId,
            CreatedAt = now,
            Between = DirectRooms.Between(People.Select(person => person.Id)),
        };
        var members = People.OrderBy(person => person.Id)
            .Select(person => Membership.Of(new Speaker(person.Id, person.Name, person.Kind), RoomId, MemberRole.Member, now));
        return Decision.Append([made, .. members]);
    }
}
