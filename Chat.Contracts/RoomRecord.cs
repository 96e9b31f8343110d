using MessagePack;

namespace Chat.Contracts;

/// <summary>
/// One of the three records that make up what a member sees of a room: <see cref="Room"/>, <see cref="Member"/>,
/// <see cref="Message"/>. Every durable change of a room takes exactly the next number of that room's one counter.
/// </summary>
public abstract record RoomRecord
{
    /// <summary>The room.</summary>
    [Key("roomId")]
    public required Guid RoomId { get; init; }

    /// <summary>The room's change number when this record last changed; from 1, without gaps over all records of a room.</summary>
    [Key("version")]
    public long Version { get; init; }
}
