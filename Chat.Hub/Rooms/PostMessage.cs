using Chat.Contracts;

namespace Chat.Hub.Rooms;

/// <summary>Posts a text message, once however often it is asked for.</summary>
internal sealed record PostMessage(Speaker Author, SendMessage Request) : RoomChange(Request.RoomId)
{
    public override Error? Check(RoomLimits limits) =>
        Request.ReplyToSeq is < 1 or > ChatContract.MaxInteger ? Refusal.Invalid("replyToSeq", "must be the seq of a message.")
        : Texts.Check(Request.Text, limits);

    public override void Tell(Needs needs)
    {
        base.Tell(needs);
        needs.Members.Add((RoomId, Author.UserId));
        needs.Posted.Add((Author.UserId, Request.ClientMessageId));
        if (Request.ReplyToSeq is { } seq) needs.Messages.Add((RoomId, seq));
    }

    public override Decision Decide(RoomLedger room, DateTimeOffset now)
    {
        // First of all: a repeat is answered with the first result even by a room one has left since.
        if (room.Ledger.Posted.GetValueOrDefault((Author.UserId, Request.ClientMessageId)) is { } before)
            return before.Fingerprint == Fingerprint.Of(Request)
                ? Decision.AsBefore(before.Message)
                : Decision.Refuse(Refusal.Of(ErrorCode.Conflict, "This client message id was used for another message."));

        if (room.ActiveMember(Author.UserId) is not { } member)
            return Decision.Refuse(room.Room is { Kind: RoomKind.Public } ? Refusal.NotAMember : Refusal.NotFound("room"));
        if (room.Room is { ArchivedAt: not null })
            return Decision.Refuse(Refusal.Of(ErrorCode.Forbidden, "This room is archived."));
        if (member.MutedUntil > now)
            return Decision.Refuse(Refusal.Of(ErrorCode.Muted, "You are muted in this room.", member.MutedUntil - now));
        if (Request.ReplyToSeq is { } seq && !room.Messages.ContainsKey(seq))
            return Decision.Refuse(Refusal.NotFound("message to reply to"));

        return Decision.Append(new Message
        {
            RoomId = RoomId,
            Id = Guid.CreateVersion7(now),
            Kind = MessageKind.Text,
            AuthorId = Author.UserId,
            AuthorName = member.Name,
            ClientMessageId = Request.ClientMessageId,
            Text = Request.Text,
            ReplyToSeq = Request.ReplyToSeq,
            CreatedAt = now,
        });
    }
}
