using Chat.Contracts;

namespace Chat.Hub.Rooms;

/// <summary>Gives a message another text.</summary>
/// <param name="Author">Who: only its author may.</param>
/// <param name="Request">What.</param>
/// <param name="Calls">Whom the new text calls.</param>
internal sealed record EditText(Speaker Author, EditMessage Request, IReadOnlyList<Mention>? Calls = null) : RoomChange(Request.RoomId)
{
    public override Error? Check(RoomLimits limits) => Request.Text.Length is 0 ? null : Texts.Check(Request.Text, limits);

    public override void Tell(Needs needs)
    {
        base.Tell(needs);
        needs.Members.Add((RoomId, Author.UserId));
        needs.Messages.Add((RoomId, Request.Seq));
    }

    public override Decision Decide(RoomLedger room, DateTimeOffset now)
    {
        if (Permissions.Check(Act.EditOwn, room.Room, Author, room.Members.GetValueOrDefault(Author.UserId), now) is { } refusal)
            return Decision.Refuse(refusal);
        if (room.Messages.GetValueOrDefault(Request.Seq) is not { DeletedAt: null, System: null } before)
            return Decision.Refuse(Refusal.NotFound("message"));
        if (before.AuthorId != Author.UserId)
            return Decision.Refuse(Refusal.Of(ErrorCode.Forbidden, "Only its author can edit a message."));
        if (before.ForwardedFrom is not null)
            return Decision.Refuse(Refusal.Of(ErrorCode.Forbidden, "A forwarded message says what it said where it came from."));
        if (before.Stream is StreamState.Open)
            return Decision.Refuse(Refusal.Of(ErrorCode.Forbidden, "This message is still being written."));
        if (Request.Text.Length is 0 && before.Attachments.Count is 0)
            return Decision.Refuse(Refusal.Invalid("text", "must not be empty."));
        if (before.Text == Request.Text) return Decision.AsBefore(before);

        return Decision.Append(before with { Text = Request.Text, Mentions = Calls ?? [], EditedAt = now }) with
        {
            Past = new PastText(before.Seq, before.Text, before.EditedAt ?? before.CreatedAt),
        };
    }
}
