using MessagePack;

namespace Chat.Contracts;

/// <summary>A room that the caller is invited to: <see cref="IChatHub.JoinRoom"/> takes it, <see cref="IChatHub.DeclineInvitation"/> does not.</summary>
[MessagePackObject]
public sealed record Invitation
{
    /// <summary>The room, and how many are in it.</summary>
    [Key("room")]
    public required RoomSummary Room { get; init; }

    /// <summary>Who invited.</summary>
    [Key("invitedBy")]
    public required Guid InvitedBy { get; init; }

    /// <summary>Its name.</summary>
    [Key("invitedByName")]
    public required string InvitedByName { get; init; }
}

/// <summary>An invitation that is no more: taken, turned down or taken back.</summary>
[MessagePackObject]
public sealed record InvitationEnded
{
    /// <summary>The room.</summary>
    [Key("roomId")]
    public required Guid RoomId { get; init; }
}

/// <summary>Turns an invitation down.</summary>
[MessagePackObject]
public sealed record DeclineInvitation
{
    /// <summary>The room.</summary>
    [Key("roomId")]
    public required Guid RoomId { get; init; }
}

/// <summary>Makes a link that lets people into a room without its password, also into a private one.</summary>
[MessagePackObject]
public sealed record CreateInviteLink
{
    /// <summary>The room.</summary>
    [Key("roomId")]
    public required Guid RoomId { get; init; }

    /// <summary>Made by the client before its first try and kept over repeats.</summary>
    [Key("linkId")]
    public required Guid LinkId { get; init; }

    /// <summary>For how many seconds it is good, 60 to 31,536,000 (a year); null for 7 days.</summary>
    [Key("seconds")]
    public long? Seconds { get; init; }

    /// <summary>How many people may come by it, 1 to 10,000; null for any number.</summary>
    [Key("maxUses")]
    public int? MaxUses { get; init; }
}

/// <summary>A link that lets people in.</summary>
[MessagePackObject]
public sealed record InviteLink
{
    /// <summary>The link.</summary>
    [Key("id")]
    public required Guid Id { get; init; }

    /// <summary>The room.</summary>
    [Key("roomId")]
    public required Guid RoomId { get; init; }

    /// <summary>What <see cref="JoinRoom.InviteCode"/> takes; the page takes it as "#/invite/CODE".</summary>
    [Key("code")]
    public required string Code { get; init; }

    /// <summary>Who made it.</summary>
    [Key("createdBy")]
    public required Guid CreatedBy { get; init; }

    /// <summary>When.</summary>
    [Key("createdAt")]
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Until when it is good.</summary>
    [Key("expiresAt")]
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>How many people may come by it; null for any number.</summary>
    [Key("maxUses")]
    public int? MaxUses { get; init; }

    /// <summary>How many people have come by it.</summary>
    [Key("uses")]
    public required int Uses { get; init; }
}

/// <summary>Asks for the links of a room that are still good.</summary>
[MessagePackObject]
public sealed record ListInviteLinks
{
    /// <summary>The room.</summary>
    [Key("roomId")]
    public required Guid RoomId { get; init; }
}

/// <summary>The links of a room that are still good.</summary>
[MessagePackObject]
public sealed record InviteLinkList
{
    /// <summary>The links, the latest first.</summary>
    [Key("links")]
    public required IReadOnlyList<InviteLink> Links { get; init; }
}

/// <summary>Ends a link.</summary>
[MessagePackObject]
public sealed record RevokeInviteLink
{
    /// <summary>The room.</summary>
    [Key("roomId")]
    public required Guid RoomId { get; init; }

    /// <summary>The link.</summary>
    [Key("linkId")]
    public required Guid LinkId { get; init; }
}

/// <summary>Asks where a link leads.</summary>
[MessagePackObject]
public sealed record LookAtInvite
{
    /// <summary>The code.</summary>
    [Key("code")]
    public required string Code { get; init; }
}
