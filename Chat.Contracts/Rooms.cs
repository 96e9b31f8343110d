using MessagePack;

namespace Chat.Contracts;

/// <summary>A room as its members see it.</summary>
[MessagePackObject]
public sealed record Room : RoomRecord
{
    /// <summary>Who can find it and come in.</summary>
    [Key("kind")]
    public required RoomKind Kind { get; init; }

    /// <summary>1 to 80 characters, unique among public rooms whatever the case; empty for direct rooms.</summary>
    [Key("name")]
    public required string Name { get; init; }

    /// <summary>What it is about, at most 500 characters; may be empty.</summary>
    [Key("topic")]
    public string Topic { get; init; } = "";

    /// <summary>Who made it; null for the rooms of a fresh server.</summary>
    [Key("createdBy")]
    public Guid? CreatedBy { get; init; }

    /// <summary>When it was made.</summary>
    [Key("createdAt")]
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Whether joining asks for a password.</summary>
    [Key("hasPassword")]
    public bool HasPassword { get; init; }

    /// <summary>How many members it holds; null without limit.</summary>
    [Key("seatLimit")]
    public int? SeatLimit { get; init; }

    /// <summary>Whether it goes when it has been empty for 5 minutes.</summary>
    [Key("isTemporary")]
    public bool IsTemporary { get; init; }

    /// <summary>Since when it is kept for reading only; null while it lives.</summary>
    [Key("archivedAt")]
    public DateTimeOffset? ArchivedAt { get; init; }

    /// <summary>Direct rooms: the 1 to 10 people it is between, for ever the same. Empty for other rooms.</summary>
    [Key("between")]
    public IReadOnlyList<Guid> Between { get; init; } = [];

    /// <summary>When it was deleted; null while it is there. Clients hear it as <see cref="IChatClient.RoomDeleted"/>.</summary>
    [Key("deletedAt")]
    public DateTimeOffset? DeletedAt { get; init; }

    /// <summary>Why it was deleted, for people to read; null while it is there.</summary>
    [Key("deletedReason")]
    public string? DeletedReason { get; init; }
}

/// <summary>Who can find a room and come in.</summary>
public enum RoomKind
{
    /// <summary>A kind of a newer server.</summary>
    Unknown = 0,

    /// <summary>Listed for all, open for all.</summary>
    Public,

    /// <summary>Seen by its members only.</summary>
    Private,

    /// <summary>Between two people, or up to ten.</summary>
    Direct,
}

/// <summary>A room in a list, for those who are not in it.</summary>
[MessagePackObject]
public sealed record RoomSummary
{
    /// <summary>The room.</summary>
    [Key("room")]
    public required Room Room { get; init; }

    /// <summary>How many people are members.</summary>
    [Key("memberCount")]
    public required int MemberCount { get; init; }

    /// <summary>Whether the caller is one.</summary>
    [Key("isMember")]
    public required bool IsMember { get; init; }
}

/// <summary>Asks for a page of rooms.</summary>
[MessagePackObject]
public sealed record ListRooms
{
    /// <summary>Part of a name or topic, in any case; null for all.</summary>
    [Key("search")]
    public string? Search { get; init; }

    /// <summary>From the last page's <see cref="RoomPage.Next"/>; null for the first.</summary>
    [Key("after")]
    public string? After { get; init; }

    /// <summary>Rooms a page, 1 to 100; null for 50.</summary>
    [Key("limit")]
    public int? Limit { get; init; }
}

/// <summary>Some rooms, by name.</summary>
[MessagePackObject]
public sealed record RoomPage
{
    /// <summary>The rooms.</summary>
    [Key("rooms")]
    public required IReadOnlyList<RoomSummary> Rooms { get; init; }

    /// <summary>What to ask for the next page with; null at the end.</summary>
    [Key("next")]
    public string? Next { get; init; }
}

/// <summary>Asks for one room.</summary>
[MessagePackObject]
public sealed record GetRoom
{
    /// <summary>The room.</summary>
    [Key("roomId")]
    public required Guid RoomId { get; init; }
}

/// <summary>Makes a room.</summary>
[MessagePackObject]
public sealed record CreateRoom
{
    /// <summary>Made by the client before its first try and kept over repeats: a repeat answers the first room.</summary>
    [Key("roomId")]
    public required Guid RoomId { get; init; }

    /// <summary>1 to 80 characters.</summary>
    [Key("name")]
    public required string Name { get; init; }

    /// <summary>Public or private.</summary>
    [Key("kind")]
    public RoomKind Kind { get; init; } = RoomKind.Public;

    /// <summary>At most 500 characters; null for none.</summary>
    [Key("topic")]
    public string? Topic { get; init; }

    /// <summary>What joining shall ask for, 1 to 100 characters; null for nothing.</summary>
    [Key("password")]
    public string? Password { get; init; }

    /// <summary>How many members it shall hold, 1 to 100,000; null without limit.</summary>
    [Key("seatLimit")]
    public int? SeatLimit { get; init; }

    /// <summary>Whether it shall go when nobody has been a member for 5 minutes.</summary>
    [Key("isTemporary")]
    public bool IsTemporary { get; init; }
}

/// <summary>Changes a room. What is null stays as it is.</summary>
[MessagePackObject]
public sealed record UpdateRoom
{
    /// <summary>The room.</summary>
    [Key("roomId")]
    public required Guid RoomId { get; init; }

    /// <summary>1 to 80 characters; null to keep it.</summary>
    [Key("name")]
    public string? Name { get; init; }

    /// <summary>At most 500 characters, empty for none; null to keep it.</summary>
    [Key("topic")]
    public string? Topic { get; init; }

    /// <summary>Public or private; null to keep it.</summary>
    [Key("kind")]
    public RoomKind? Kind { get; init; }

    /// <summary>What joining shall ask for, at most 100 characters, empty for nothing; null to keep it.</summary>
    [Key("password")]
    public string? Password { get; init; }

    /// <summary>How many members it shall hold, 0 without limit; null to keep it. Nobody is taken out by it.</summary>
    [Key("seatLimit")]
    public int? SeatLimit { get; init; }

    /// <summary>Whether it shall go when nobody has been a member for 5 minutes; null to keep it.</summary>
    [Key("isTemporary")]
    public bool? IsTemporary { get; init; }

    /// <summary>Whether it shall be for reading only; null to keep it.</summary>
    [Key("isArchived")]
    public bool? IsArchived { get; init; }
}

/// <summary>Deletes a room with all that is in it.</summary>
[MessagePackObject]
public sealed record DeleteRoom
{
    /// <summary>The room.</summary>
    [Key("roomId")]
    public required Guid RoomId { get; init; }

    /// <summary>Why, for its members to read; at most 200 characters, null for nothing.</summary>
    [Key("reason")]
    public string? Reason { get; init; }
}

/// <summary>Opens the direct room between the caller and others: always the same one for the same people.</summary>
[MessagePackObject]
public sealed record OpenDirect
{
    /// <summary>The others, 1 to 9; empty for notes to oneself.</summary>
    [Key("userIds")]
    public required IReadOnlyList<Guid> UserIds { get; init; }
}

/// <summary>Joins a room.</summary>
[MessagePackObject]
public sealed record JoinRoom
{
    /// <summary>The room.</summary>
    [Key("roomId")]
    public required Guid RoomId { get; init; }

    /// <summary>Where <see cref="Room.HasPassword"/>, unless one is invited; null for none.</summary>
    [Key("password")]
    public string? Password { get; init; }

    /// <summary>The code of an invite link, which opens private rooms and stands for the password; null without one.</summary>
    [Key("inviteCode")]
    public string? InviteCode { get; init; }
}

/// <summary>Leaves a room.</summary>
[MessagePackObject]
public sealed record LeaveRoom
{
    /// <summary>The room.</summary>
    [Key("roomId")]
    public required Guid RoomId { get; init; }
}

/// <summary>What one gets on coming into a room.</summary>
[MessagePackObject]
public sealed record RoomEntry
{
    /// <summary>The caller's place in the room.</summary>
    [Key("mine")]
    public required MyRoom Mine { get; init; }

    /// <summary>The room as it is now, with its last messages; always a <see cref="RoomSync.Reset"/>.</summary>
    [Key("snapshot")]
    public required RoomSync Snapshot { get; init; }
}

/// <summary>A room is gone.</summary>
[MessagePackObject]
public sealed record RoomDeleted
{
    /// <summary>The room.</summary>
    [Key("roomId")]
    public required Guid RoomId { get; init; }

    /// <summary>Why, for people to read; may be empty.</summary>
    [Key("reason")]
    public required string Reason { get; init; }
}
