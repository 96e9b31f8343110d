using Chat.Contracts;

namespace Chat.Hub.Rooms;

/// <summary>Posts a message, once however often it is asked for.</summary>
/// <param name="Author">Who.</param>
/// <param name="Request">What.</param>
/// <param name="Calls">Whom the text calls.</param>
internal sealed record PostMessage(Speaker Author, SendMessage Request, IReadOnlyList<Mention>? Calls = null) : RoomChange(Request.RoomId)
{
    public override Error? Check(RoomLimits limits)
    {
        if (Request.ReplyToSeq is < 1 or > ChatContract.MaxInteger) return Refusal.Invalid("replyToSeq", "must be the seq of a message.");
        if (Request.ThreadSeq is < 1 or > ChatContract.MaxInteger) return Refusal.Invalid("threadSeq", "must be the seq of a message.");
        if (PostedFiles.Check(Request) is { } mistake) return mistake;
        if (Request.Forward is not { } forward) return Request is { Text: "", AttachmentIds.Count: > 0 } ? null : Texts.Check(Request.Text, limits);
        return forward.Seq is < 1 or > ChatContract.MaxInteger ? Refusal.Invalid("forward.seq", "must be the seq of a message.")
            : Request.Text.Length > 0 ? Refusal.Invalid("text", "must be empty where a message is forwarded.")
            : null;
    }

    public override void Tell(Needs needs)
    {
        base.Tell(needs);
        needs.Members.Add((RoomId, Author.UserId));
        needs.Posted.Add((Author.UserId, Request.ClientMessageId));
        if (Request.ReplyToSeq is { } seq) needs.Messages.Add((RoomId, seq));
        if (Request.ThreadSeq is { } thread) needs.Messages.Add((RoomId, thread));
        needs.Attachments.UnionWith(Request.AttachmentIds);
        if (Request.Forward is not { } forward) return;
        needs.Members.Add((forward.RoomId, Author.UserId));
        needs.Messages.Add((forward.RoomId, forward.Seq));
        needs.WithFiles.Add((forward.RoomId, forward.Seq));
    }

    public override Decision Decide(RoomLedger room, DateTimeOffset now)
    {
        // First of all: a repeat is answered with the first result even by a room one has left since.
        if (room.Ledger.Posted.GetValueOrDefault((Author.UserId, Request.ClientMessageId)) is { } before)
            return before.Fingerprint == Fingerprint.Of(Request)
                ? Decision.AsBefore(before.Message)
                : Decision.Refuse(Refusal.Of(ErrorCode.Conflict, "This client message id was used for another message."));

        var member = room.Members.GetValueOrDefault(Author.UserId);
        if (Permissions.Check(Act.Post, room.Room, Author, member, now) is { } refusal) return Decision.Refuse(refusal);
        if (Request.ReplyToSeq is { } seq && !room.Messages.ContainsKey(seq)) return Decision.Refuse(Refusal.NotFound("message to reply to"));
        var root = Request.ThreadSeq is { } thread ? room.Messages.GetValueOrDefault(thread) : null;
        if (Request.ThreadSeq is not null && root is not { ThreadSeq: null, System: null }) return Decision.Refuse(Refusal.NotFound("message to begin a thread at"));
        var source = Request.Forward is { } place ? Forwarded(room.Ledger, place) : null;
        if (Request.Forward is not null && source is null) return Decision.Refuse(Refusal.NotFound("message to forward"));

        if (PostedFiles.Of(Request, source, room.Ledger.Files, Author.UserId, now) is not { } files) return Decision.Refuse(Refusal.NotFound("attachment"));

        var message = new Message
        {
            RoomId = RoomId,
            Id = Guid.CreateVersion7(now),
            Kind = PostedFiles.KindOf(files),
            AuthorId = Author.UserId,
            AuthorName = member!.Name,
            ClientMessageId = Request.ClientMessageId,
            Text = source?.Text ?? Request.Text,
            ReplyToSeq = Request.ReplyToSeq,
            ThreadSeq = Request.ThreadSeq,
            Mentions = Calls ?? [],
            Attachments = files.Count is 0 ? [] : files,
            ForwardedFrom = source is null ? null : new MessageReference { RoomId = source.RoomId, Seq = source.Seq, AuthorName = source.AuthorName },
            CreatedAt = now,
        };
        return root is null
            ? Decision.Append(message)
            : Decision.Append(message, root with { ReplyCount = root.ReplyCount + 1, LastReplyAt = now });
    }

    // Only what the author can read, as it is now: what is deleted is gone.
    private Message? Forwarded(Ledger ledger, MessagePlace place)
    {
        var source = ledger.Room(place.RoomId);
        return source.ActiveMember(Author.UserId) is not null && source.Messages.GetValueOrDefault(place.Seq) is { DeletedAt: null, System: null, Stream: not StreamState.Open } message
            ? message
            : null;
    }
}
