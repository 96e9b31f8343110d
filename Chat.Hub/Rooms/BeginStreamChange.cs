using Chat.Contracts;

namespace Chat.Hub.Rooms;

/// <summary>Posts an open message without a text yet, once however often it is asked for.</summary>
internal sealed record BeginStreamChange(Speaker Author, StreamStart Request) : RoomChange(Request.RoomId)
{
    public override Error? Check(RoomLimits limits) =>
        Request.ReplyToSeq is < 1 or > ChatContract.MaxInteger ? Refusal.Invalid("replyToSeq", "must be the seq of a message.")
        : Request.ThreadSeq is < 1 or > ChatContract.MaxInteger ? Refusal.Invalid("threadSeq", "must be the seq of a message.")
        : null;

    public override void Tell(Needs needs)
    {
        base.Tell(needs);
        needs.Members.Add((RoomId, Author.UserId));
        needs.Posted.Add((Author.UserId, Request.ClientMessageId));
        if (Request.ReplyToSeq is { } reply) needs.Messages.Add((RoomId, reply));
        if (Request.ThreadSeq is { } thread) needs.Messages.Add((RoomId, thread));
    }

    public override Decision Decide(RoomLedger room, DateTimeOffset now)
    {
        var message = new Message
        {
            RoomId = RoomId,
            Id = Guid.CreateVersion7(now),
            Kind = MessageKind.Text,
            AuthorId = Author.UserId,
            AuthorName = room.Members.GetValueOrDefault(Author.UserId)?.Name ?? Author.Name,
            ClientMessageId = Request.ClientMessageId,
            Text = "",
            ReplyToSeq = Request.ReplyToSeq,
            ThreadSeq = Request.ThreadSeq,
            Stream = StreamState.Open,
            CreatedAt = now,
        };
        // First of all: a repeat is answered with the first result even by a room one has left since.
        if (room.Ledger.Posted.GetValueOrDefault((Author.UserId, Request.ClientMessageId)) is { } before)
            return before.Message.Stream is not null && before.Fingerprint == Fingerprint.Of(message)
                ? Decision.AsBefore(before.Message)
                : Decision.Refuse(Refusal.Of(ErrorCode.Conflict, "This client message id was used for another message."));

        if (StreamRules.Barred(room, Author.UserId, now) is { } barred) return Decision.Refuse(barred);
        if (Request.ReplyToSeq is { } seq && !room.Messages.ContainsKey(seq)) return Decision.Refuse(Refusal.NotFound("message to reply to"));
        if (Request.ThreadSeq is not { } thread) return Decision.Append(message);
        return room.Messages.GetValueOrDefault(thread) is { ThreadSeq: null, System: null } root
            ? Decision.Append(message, root with { ReplyCount = root.ReplyCount + 1, LastReplyAt = now })
            : Decision.Refuse(Refusal.NotFound("message to begin a thread at"));
    }
}
