using Chat.Contracts;

namespace Chat.Hub.Rooms;

/// <summary>What beginning, growing and ending a streamed message have in common.</summary>
internal static class StreamRules
{
    public static Error NotOpen => Refusal.NotFound("open message");

    public static Error OtherText => Refusal.Of(ErrorCode.Conflict, "The store has another text of this message.");

    /// <summary>Why somebody may not write in the room; null when it may.</summary>
    public static Error? Barred(RoomLedger room, Guid userId, DateTimeOffset now) => Permissions.Check(
        Act.Post, room.Room, new Speaker(userId, "", UserKind.Unknown), room.Members.GetValueOrDefault(userId), now);

    /// <summary>The message as long as it can be written; null when it is none of the author's or no longer open.</summary>
    public static Message? Open(RoomLedger room, long seq, Guid? authorId) =>
        room.Messages.GetValueOrDefault(seq) is { Stream: StreamState.Open, DeletedAt: null } message && (authorId is null || message.AuthorId == authorId)
            ? message
            : null;
}
