using System.Globalization;
using Chat.Contracts;

namespace Chat.Hub.Rooms;

/// <summary>Pins a message, or takes it off.</summary>
internal sealed record PinMessage(Speaker Actor, SetPin Request) : RoomChange(Request.RoomId)
{
    private const int MostPins = 100;

    public override void Tell(Needs needs)
    {
        base.Tell(needs);
        needs.Members.Add((RoomId, Actor.UserId));
        needs.Messages.Add((RoomId, Request.Seq));
        needs.Pins.Add(RoomId);
    }

    public override Decision Decide(RoomLedger room, DateTimeOffset now)
    {
        if (Permissions.Check(Act.Pin, room.Room, Actor, room.Members.GetValueOrDefault(Actor.UserId), now) is { } refusal)
            return Decision.Refuse(refusal);
        if (room.Messages.GetValueOrDefault(Request.Seq) is not { DeletedAt: null, System: null } message)
            return Decision.Refuse(Refusal.NotFound("message"));
        if (message.PinnedAt is not null == Request.IsPinned) return Decision.AsBefore(message);
        if (Request.IsPinned && room.Pins >= MostPins)
            return Decision.Refuse(Refusal.Of(ErrorCode.Forbidden, $"A room takes {MostPins} pins. Take one off first."));

        var changed = message with { PinnedAt = Request.IsPinned ? now : null };
        RoomRecord[] drafts = Request.IsPinned ? [changed, SystemMessages.Pinned(changed, Actor, now)] : [changed];
        return Decision.Append(drafts) with
        {
            Trail = Audit.Of(RoomId, Actor, Request.IsPinned ? AuditAct.Pinned : AuditAct.Unpinned, now, detail: message.Seq.ToString(CultureInfo.InvariantCulture)),
        };
    }
}
