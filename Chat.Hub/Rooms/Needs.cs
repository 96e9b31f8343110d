namespace Chat.Hub.Rooms;

/// <summary>What some changes must see of the store before they can be decided.</summary>
internal sealed class Needs
{
    /// <summary>In ascending order, which is the order of locking: two nodes can never wait for each other.</summary>
    public SortedSet<Guid> Rooms { get; } = [];

    public HashSet<(Guid RoomId, Guid UserId)> Members { get; } = [];

    public HashSet<(Guid AuthorId, Guid ClientMessageId)> Posted { get; } = [];

    public HashSet<(Guid RoomId, long Seq)> Messages { get; } = [];

    /// <summary>Keys of public room names that somebody wants.</summary>
    public HashSet<string> RoomNames { get; } = [];
}
