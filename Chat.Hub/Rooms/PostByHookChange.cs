using Chat.Contracts;

namespace Chat.Hub.Rooms;

/// <summary>Posts what an incoming webhook was given. The webhook is no member; its key is its right.</summary>
internal sealed record PostByHookChange(IncomingWebhook Webhook, Guid ClientMessageId, string Text, IReadOnlyList<Mention> Calls) : RoomChange(Webhook.RoomId)
{
    public override Error? Check(RoomLimits limits) => Texts.Check(Text, limits);

    public override void Tell(Needs needs)
    {
        base.Tell(needs);
        needs.Posted.Add((Webhook.Id, ClientMessageId));
    }

    public override Decision Decide(RoomLedger room, DateTimeOffset now)
    {
        var message = new Message
        {
            RoomId = RoomId,
            Id = Guid.CreateVersion7(now),
            Kind = MessageKind.Text,
            AuthorId = Webhook.Id,
            AuthorName = Webhook.Name,
            ClientMessageId = ClientMessageId,
            Text = Text,
            Mentions = Calls,
            CreatedAt = now,
        };
        return room.Ledger.Posted.GetValueOrDefault((Webhook.Id, ClientMessageId)) is { } before
            ? before.Fingerprint == Fingerprint.Of(message)
                ? Decision.AsBefore(before.Message)
                : Decision.Refuse(Refusal.Of(ErrorCode.Conflict, "This Idempotency-Key was used for another message."))
            : room.Room is not { DeletedAt: null } target ? Decision.Refuse(Refusal.NotFound("room"))
            : target.ArchivedAt is not null ? Decision.Refuse(Refusal.Of(ErrorCode.Forbidden, "This room is archived."))
            : Decision.Append(message);
    }
}
