using Chat.Contracts;

namespace Chat.Hub.Rooms;

/// <summary>Makes an invite link.</summary>
internal sealed record MakeLink(Speaker Actor, CreateInviteLink Request) : RoomChange(Request.RoomId)
{
    private const long LongestSeconds = 31_536_000;
    private const int MostUses = 10_000;
    private static readonly TimeSpan Usual = TimeSpan.FromDays(7);

    public override Error? Check(RoomLimits limits) =>
        Request.Seconds is < 60 or > LongestSeconds ? Refusal.Invalid("seconds", $"from 60 to {LongestSeconds:N0}.")
        : Request.MaxUses is < 1 or > MostUses ? Refusal.Invalid("maxUses", $"from 1 to {MostUses:N0}.")
        : null;

    public override void Tell(Needs needs)
    {
        base.Tell(needs);
        needs.Members.Add((RoomId, Actor.UserId));
        needs.Links.Add(Request.LinkId);
    }

    public override Decision Decide(RoomLedger room, DateTimeOffset now)
    {
        if (Permissions.Check(Act.ManageLinks, room.Room, Actor, room.Members.GetValueOrDefault(Actor.UserId), now) is { } refusal)
            return Decision.Refuse(refusal);
        if (room.Ledger.Links.GetValueOrDefault(Request.LinkId) is { } before)
            return before.RoomId == RoomId && before.CreatedBy == Actor.UserId
                ? Decision.AsBefore()
                : Decision.Refuse(Refusal.Of(ErrorCode.Conflict, "This link id was used for another link."));
        var made = new InviteLink
        {
            Id = Request.LinkId,
            RoomId = RoomId,
            Code = "",
            CreatedBy = Actor.UserId,
            CreatedAt = now,
            ExpiresAt = now + (Request.Seconds is { } seconds ? TimeSpan.FromSeconds(seconds) : Usual),
            MaxUses = Request.MaxUses,
            Uses = 0,
        };
        return Decision.AsBefore() with { Link = made, Trail = Audit.Of(RoomId, Actor, AuditAct.LinkCreated, now) };
    }
}

/// <summary>Ends an invite link.</summary>
internal sealed record EndLink(Speaker Actor, Guid RoomId, Guid LinkId) : RoomChange(RoomId)
{
    public override void Tell(Needs needs)
    {
        base.Tell(needs);
        needs.Members.Add((RoomId, Actor.UserId));
        needs.Links.Add(LinkId);
    }

    public override Decision Decide(RoomLedger room, DateTimeOffset now)
    {
        if (Permissions.Check(Act.ManageLinks, room.Room, Actor, room.Members.GetValueOrDefault(Actor.UserId), now) is { } refusal)
            return Decision.Refuse(refusal);
        if (room.Ledger.Links.GetValueOrDefault(LinkId) is not { } link || link.RoomId != RoomId) return Decision.Refuse(Refusal.NotFound("link"));
        return link.ExpiresAt <= now
            ? Decision.AsBefore()
            : Decision.AsBefore() with { Link = link with { ExpiresAt = now }, Trail = Audit.Of(RoomId, Actor, AuditAct.LinkRevoked, now) };
    }
}
