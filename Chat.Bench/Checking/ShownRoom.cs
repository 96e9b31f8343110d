namespace Chat.Bench.Checking;

/// <summary>What a client was shown of a room.</summary>
/// <param name="Name">The client.</param>
/// <param name="RoomId">The room.</param>
/// <param name="Messages">All from the first of them on, by their place.</param>
/// <param name="OutOfOrder">Messages that were told after a later one, or told twice as new.</param>
/// <param name="Resets">How often the client had to take the room afresh.</param>
/// <param name="IsOpen">False where the client has left: it shows the room as it was then.</param>
internal sealed record ShownRoom(string Name, Guid RoomId, IReadOnlyList<StoredMessage> Messages, int OutOfOrder, int Resets, bool IsOpen = true);
