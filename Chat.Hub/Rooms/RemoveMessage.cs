using System.Globalization;
using Chat.Contracts;

namespace Chat.Hub.Rooms;

/// <summary>Takes the content of a message away; a record without content stays, so that whoever missed it learns of it.</summary>
internal sealed record RemoveMessage(Speaker Actor, MessagePlace Place) : RoomChange(Place.RoomId)
{
    public override void Tell(Needs needs)
    {
        base.Tell(needs);
        needs.Members.Add((RoomId, Actor.UserId));
        needs.Messages.Add((RoomId, Place.Seq));
        needs.WithTheirs.Add((RoomId, Place.Seq));
    }

    public override Decision Decide(RoomLedger room, DateTimeOffset now)
    {
        var message = room.Messages.GetValueOrDefault(Place.Seq);
        var author = message?.AuthorId is { } id ? room.Members.GetValueOrDefault(id) : null;
        var isOwn = message?.AuthorId == Actor.UserId;
        if (Permissions.Check(isOwn ? Act.DeleteOwn : Act.DeleteOthers, room.Room, Actor, room.Members.GetValueOrDefault(Actor.UserId), now, isOwn ? null : author) is { } refusal)
            return Decision.Refuse(refusal);
        if (message is not { System: null }) return Decision.Refuse(Refusal.NotFound("message"));
        if (message.DeletedAt is not null) return Decision.AsBefore(message);

        var gone = message with
        {
            Text = "",
            Mentions = [],
            Attachments = [],
            Reactions = [],
            PinnedAt = null,
            ForwardedFrom = null,
            Stream = null,
            DeletedAt = now,
            DeletedBy = Actor.UserId,
        };
        var root = message.ThreadSeq is { } thread ? room.Messages.GetValueOrDefault(thread) : null;
        RoomRecord[] drafts = root is null ? [gone] : [gone, root with { ReplyCount = Math.Max(0, root.ReplyCount - 1) }];
        return Decision.Append(drafts) with
        {
            Trail = isOwn ? null : Audit.Of(RoomId, Actor, AuditAct.MessageDeleted, now, author, message.Seq.ToString(CultureInfo.InvariantCulture)),
        };
    }
}
