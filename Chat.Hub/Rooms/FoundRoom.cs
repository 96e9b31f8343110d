using Chat.Contracts;

namespace Chat.Hub.Rooms;

/// <summary>Makes a room; without a founder it is one of the rooms of a fresh server.</summary>
internal sealed record FoundRoom(Speaker? Founder, CreateRoom Request) : RoomChange(Request.RoomId)
{
    public override Error? Check(RoomLimits limits) =>
        Request.Kind is not (RoomKind.Public or RoomKind.Private) ? Refusal.Invalid("kind", "must be public or private.")
        : Names.CheckRoom(Request.Name) ?? Names.CheckTopic(Request.Topic ?? "");

    public override void Tell(Needs needs)
    {
        base.Tell(needs);
        if (Request.Kind is RoomKind.Public) needs.RoomNames.Add(Names.Key(Request.Name));
    }

    public override Decision Decide(RoomLedger room, DateTimeOffset now)
    {
        if (room.Room is { } before)
            return before.CreatedBy == Founder?.UserId && before.Name == Request.Name && before.Kind == Request.Kind
                ? Decision.AsBefore(before)
                : Decision.Refuse(Refusal.Of(ErrorCode.Conflict, "This room id was used for another room."));
        if (Request.Kind is RoomKind.Public && room.Ledger.RoomNames.Contains(Names.Key(Request.Name)))
            return Decision.Refuse(Refusal.Of(ErrorCode.NameTaken, $"There is a room named \"{Request.Name}\" already."));

        var made = new Room
        {
            RoomId = RoomId,
            Kind = Request.Kind,
            Name = Request.Name,
            Topic = Request.Topic ?? "",
            CreatedBy = Founder?.UserId,
            CreatedAt = now,
        };
        return Founder is null
            ? Decision.Append(made, SystemMessages.Welcome(made, null, now))
            : Decision.Append(made, Membership.Of(Founder, RoomId, MemberRole.Owner, now), SystemMessages.Welcome(made, Founder, now));
    }
}
