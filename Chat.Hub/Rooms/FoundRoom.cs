using Chat.Contracts;

namespace Chat.Hub.Rooms;

/// <summary>Makes a room; without a founder it is one of the rooms of a fresh server.</summary>
/// <param name="Founder">Its owner.</param>
/// <param name="Request">What it shall be.</param>
/// <param name="PasswordHash">Of the password in the request; null without one.</param>
internal sealed record FoundRoom(Speaker? Founder, CreateRoom Request, string? PasswordHash = null) : RoomChange(Request.RoomId)
{
    public override Error? Check(RoomLimits limits) =>
        // Direct rooms have ids of version 8, which anybody can compute: nobody takes one beforehand.
        Request.RoomId.Version is DirectRooms.Version ? Refusal.Invalid("roomId", "must be a random UUID, of version 4 or 7.")
        : Request.Kind is not (RoomKind.Public or RoomKind.Private) ? Refusal.Invalid("kind", "must be public or private.")
        : Names.CheckRoom(Request.Name) ?? Names.CheckTopic(Request.Topic ?? "")
        ?? (Request.Password is null ? null : RoomRules.CheckPassword(Request.Password, least: 1))
        ?? (Request.SeatLimit is { } seats ? RoomRules.CheckSeats(seats, least: 1) : null);

    public override void Tell(Needs needs)
    {
        base.Tell(needs);
        if (Request.Kind is RoomKind.Public) needs.RoomNames.Add(Names.Key(Request.Name));
    }

    public override Decision Decide(RoomLedger room, DateTimeOffset now)
    {
        if (room.Room is { } before)
            return before.CreatedBy == Founder?.UserId && before.Name == Request.Name && before.Kind == Request.Kind && before.DeletedAt is null
                ? Decision.AsBefore(before)
                : Decision.Refuse(Refusal.Of(ErrorCode.Conflict, "This room id was used for another room."));
        if (Request.Kind is RoomKind.Public && room.Ledger.RoomNames.Contains(Names.Key(Request.Name)))
            return Decision.Refuse(RoomRules.Taken(Request.Name));

        var made = new Room
        {
            RoomId = RoomId,
            Kind = Request.Kind,
            Name = Request.Name,
            Topic = Request.Topic ?? "",
            CreatedBy = Founder?.UserId,
            CreatedAt = now,
            HasPassword = PasswordHash is not null,
            SeatLimit = Request.SeatLimit,
            IsTemporary = Request.IsTemporary,
        };
        if (Founder is null) return Decision.Append(made, SystemMessages.Welcome(made, null, now));
        return Decision.Append(made, Membership.Of(Founder, RoomId, MemberRole.Owner, now), SystemMessages.Welcome(made, Founder, now)) with
        {
            Password = new NewPassword(PasswordHash),
            Trail = Audit.Of(RoomId, Founder, AuditAct.RoomCreated, now, detail: made.Name),
        };
    }
}
