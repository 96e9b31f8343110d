using Chat.Contracts;

namespace Chat.Hub.Rooms;

/// <summary>Ends an open message, once however often it is asked for.</summary>
/// <param name="RoomId">Where.</param>
/// <param name="Seq">Which.</param>
/// <param name="AuthorId">Whose it must be; null where the server itself ends it.</param>
/// <param name="Text">The whole text; null for what the store has.</param>
/// <param name="End">Complete or cut off.</param>
/// <param name="Calls">Whom the whole text calls: nobody is called by a part of it.</param>
internal sealed record EndStreamChange(
    Guid RoomId, long Seq, Guid? AuthorId, string? Text, StreamState End, IReadOnlyList<Mention>? Calls = null) : RoomChange(RoomId)
{
    public override Error? Check(RoomLimits limits) => End is StreamState.Complete ? Texts.Check(Text ?? "", limits) : null;

    public override void Tell(Needs needs)
    {
        base.Tell(needs);
        if (AuthorId is { } author) needs.Members.Add((RoomId, author));
        needs.Messages.Add((RoomId, Seq));
    }

    public override Decision Decide(RoomLedger room, DateTimeOffset now)
    {
        if (room.Room is not { DeletedAt: null }) return Decision.Refuse(StreamRules.NotOpen);
        if (StreamRules.Open(room, Seq, AuthorId) is not { } message) return Repeated(room);
        var grown = Text?.StartsWith(message.Text, StringComparison.Ordinal) is true;
        // Whoever is cut off needs no right to write: what was there stays, and nothing is added that nobody has seen.
        if (End is StreamState.CutOff) return Decision.Append(message with { Text = grown ? Text! : message.Text, Stream = End });
        if (StreamRules.Barred(room, message.AuthorId!.Value, now) is { } barred) return Decision.Refuse(barred);
        return grown ? Decision.Append(message with { Text = Text!, Mentions = Calls ?? [], Stream = End }) : Decision.Refuse(StreamRules.OtherText);
    }

    private Decision Repeated(RoomLedger room) =>
        room.Messages.GetValueOrDefault(Seq) is not { Stream: { } end, DeletedAt: null } before || (AuthorId is { } author && before.AuthorId != author) || end != End
            ? Decision.Refuse(StreamRules.NotOpen)
        : Text is not null && before.EditedAt is null && Text != before.Text && End is StreamState.Complete ? Decision.Refuse(StreamRules.OtherText)
        : Decision.AsBefore(before);
}
