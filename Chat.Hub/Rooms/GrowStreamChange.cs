namespace Chat.Hub.Rooms;

/// <summary>Gives an open message the text that is there so far. Its author must still be allowed to write.</summary>
internal sealed record GrowStreamChange(Guid RoomId, long Seq, Guid AuthorId, string Text) : RoomChange(RoomId)
{
    public override void Tell(Needs needs)
    {
        base.Tell(needs);
        needs.Members.Add((RoomId, AuthorId));
        needs.Messages.Add((RoomId, Seq));
    }

    public override Decision Decide(RoomLedger room, DateTimeOffset now) =>
        StreamRules.Open(room, Seq, AuthorId) is not { } message ? Decision.Refuse(StreamRules.NotOpen)
        : StreamRules.Barred(room, AuthorId, now) is { } barred ? Decision.Refuse(barred)
        // The writer has moved to another node, which is further.
        : !Text.StartsWith(message.Text, StringComparison.Ordinal) ? Decision.Refuse(StreamRules.OtherText)
        : Text.Length == message.Text.Length ? Decision.AsBefore(message)
        : Decision.Append(message with { Text = Text });
}
