namespace Chat.Hub.Rooms;

/// <summary>What some changes must see of the store before they can be decided.</summary>
internal sealed class Needs
{
    /// <summary>In ascending order, which is the order of locking: two nodes can never wait for each other.</summary>
    public SortedSet<Guid> Rooms { get; } = [];

    public HashSet<(Guid RoomId, Guid UserId)> Members { get; } = [];

    public HashSet<(Guid AuthorId, Guid ClientMessageId)> Posted { get; } = [];

    public HashSet<(Guid RoomId, long Seq)> Messages { get; } = [];

    /// <summary>Uploaded files by id.</summary>
    public HashSet<Guid> Attachments { get; } = [];

    /// <summary>Messages whose files are needed.</summary>
    public HashSet<(Guid RoomId, long Seq)> WithFiles { get; } = [];

    /// <summary>Messages whose authors, and whose threads' first messages, are needed with them.</summary>
    public HashSet<(Guid RoomId, long Seq)> WithTheirs { get; } = [];

    /// <summary>Keys of public room names that somebody wants.</summary>
    public HashSet<string> RoomNames { get; } = [];

    /// <summary>Rooms whose two highest members are needed: an owner, and who would be next.</summary>
    public HashSet<Guid> Leaders { get; } = [];

    /// <summary>Rooms whose pins are to be counted.</summary>
    public HashSet<Guid> Pins { get; } = [];

    /// <summary>Invite links by id.</summary>
    public HashSet<Guid> Links { get; } = [];
}
