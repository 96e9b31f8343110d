using Chat.Contracts;

namespace Chat.Hub.Rooms;

/// <summary>Changes a room's name, topic or rules.</summary>
/// <param name="Actor">Who.</param>
/// <param name="Request">What is null stays. Made public, it names its name, so that it is looked for.</param>
/// <param name="PasswordHash">Of the password in the request, where it is one.</param>
internal sealed record ChangeRoom(Speaker Actor, UpdateRoom Request, string? PasswordHash = null) : RoomChange(Request.RoomId)
{
    public override Error? Check(RoomLimits limits) =>
        Request.Kind is not (null or RoomKind.Public or RoomKind.Private) ? Refusal.Invalid("kind", "must be public or private.")
        : (Request.Name is null ? null : Names.CheckRoom(Request.Name))
        ?? (Request.Topic is null ? null : Names.CheckTopic(Request.Topic))
        ?? (Request.Password is null ? null : RoomRules.CheckPassword(Request.Password, least: 0))
        ?? (Request.SeatLimit is { } seats ? RoomRules.CheckSeats(seats, least: 0) : null);

    public override void Tell(Needs needs)
    {
        base.Tell(needs);
        needs.Members.Add((RoomId, Actor.UserId));
        if (Request.Name is not null) needs.RoomNames.Add(Names.Key(Request.Name));
    }

    public override Decision Decide(RoomLedger room, DateTimeOffset now)
    {
        if (Refused(room, now) is { } refusal) return Decision.Refuse(refusal);
        var before = room.Room!;
        var after = before with
        {
            Name = Request.Name ?? before.Name,
            Topic = Request.Topic ?? before.Topic,
            Kind = Request.Kind ?? before.Kind,
            SeatLimit = Request.SeatLimit is { } seats ? (seats is 0 ? null : seats) : before.SeatLimit,
            IsTemporary = Request.IsTemporary ?? before.IsTemporary,
            HasPassword = Request.Password is { } password ? password.Length > 0 : before.HasPassword,
            ArchivedAt = Request.IsArchived is { } archive ? (archive ? before.ArchivedAt ?? now : null) : before.ArchivedAt,
        };
        var isPasswordNew = Request.Password is { Length: > 0 };
        if (after == before && !isPasswordNew) return Decision.AsBefore(before);
        if (after.Kind is RoomKind.Public && (before.Kind is not RoomKind.Public || Names.Key(after.Name) != Names.Key(before.Name)) && room.Ledger.RoomNames.Contains(Names.Key(after.Name)))
            return Decision.Refuse(RoomRules.Taken(after.Name));

        RoomRecord[] drafts = [after, .. SystemMessages.Changed(before, after, isPasswordNew, Actor, now)];
        return Decision.Append(drafts) with
        {
            Password = Request.Password is null ? null : new NewPassword(PasswordHash),
            Trail = Audit.Of(RoomId, Actor, ActOf(before, after), now, detail: string.Join(", ", SystemMessages.Differences(before, after, isPasswordNew))),
        };
    }

    private Error? Refused(RoomLedger room, DateTimeOffset now)
    {
        var member = room.Members.GetValueOrDefault(Actor.UserId);
        var acts = new List<Act>();
        if (Request.IsArchived is not null) acts.Add(Act.Archive);
        if (Request.Name is not null || Request.Topic is not null) acts.Add(Act.Rename);
        if (Request.Kind is not null || Request.SeatLimit is not null || Request.IsTemporary is not null || Request.Password is not null) acts.Add(Act.SetRules);
        if (acts.Count is 0) acts.Add(Act.Read);
        // What opens an archived room may change it in the same breath.
        var target = Request.IsArchived is false && room.Room is { } known ? known with { ArchivedAt = null } : room.Room;
        return acts.Select(act => Permissions.Check(act, target, Actor, member, now)).FirstOrDefault(refusal => refusal is not null)
            ?? (room.Room!.Kind is RoomKind.Direct ? Refusal.Of(ErrorCode.Forbidden, "A direct room has no name and no rules.") : null);
    }

    private static AuditAct ActOf(Room before, Room after) =>
        before.ArchivedAt == after.ArchivedAt ? AuditAct.RoomUpdated
        : after.ArchivedAt is null ? AuditAct.RoomUnarchived
        : AuditAct.RoomArchived;
}
