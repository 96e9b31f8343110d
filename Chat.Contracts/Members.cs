using MessagePack;

namespace Chat.Contracts;

/// <summary>A person's place in a room. Whoever left stays as a record with another <see cref="State"/>.</summary>
[MessagePackObject]
public sealed record Member : RoomRecord
{
    /// <summary>The user.</summary>
    [Key("userId")]
    public required Guid UserId { get; init; }

    /// <summary>The user's name.</summary>
    [Key("name")]
    public required string Name { get; init; }

    /// <summary>How the user signs in.</summary>
    [Key("userKind")]
    public required UserKind UserKind { get; init; }

    /// <summary>What the user may do here.</summary>
    [Key("role")]
    public required MemberRole Role { get; init; }

    /// <summary>Whether the user is in the room.</summary>
    [Key("state")]
    public required MemberState State { get; init; }

    /// <summary>Since when; the latest time, if more than once.</summary>
    [Key("joinedAt")]
    public required DateTimeOffset JoinedAt { get; init; }

    /// <summary>When the user left or was taken out; null while in.</summary>
    [Key("leftAt")]
    public DateTimeOffset? LeftAt { get; init; }

    /// <summary>Until when the user cannot post; null when it can.</summary>
    [Key("mutedUntil")]
    public DateTimeOffset? MutedUntil { get; init; }

    /// <summary>Until when a banned user stays out; null for ever, or when not banned.</summary>
    [Key("bannedUntil")]
    public DateTimeOffset? BannedUntil { get; init; }

    /// <summary>Why the user was taken out, banned or muted, for people to read; empty for no reason given.</summary>
    [Key("reason")]
    public string Reason { get; init; } = "";

    /// <summary>Who invited the user; null for nobody.</summary>
    [Key("invitedBy")]
    public Guid? InvitedBy { get; init; }
}

/// <summary>What a member may do.</summary>
public enum MemberRole
{
    /// <summary>A role of a newer server.</summary>
    Unknown = 0,

    /// <summary>Reads and writes.</summary>
    Member,

    /// <summary>Keeps order.</summary>
    Moderator,

    /// <summary>Decides everything.</summary>
    Owner,
}

/// <summary>Whether a member is in the room.</summary>
public enum MemberState
{
    /// <summary>A state of a newer server.</summary>
    Unknown = 0,

    /// <summary>In the room.</summary>
    Active,

    /// <summary>Left by own choice.</summary>
    Left,

    /// <summary>Taken out; may come back.</summary>
    Kicked,

    /// <summary>Taken out; may not come back before <see cref="Member.BannedUntil"/>.</summary>
    Banned,

    /// <summary>Not in the room yet, but may come in without its password, and into a private one.</summary>
    Invited,
}

/// <summary>Somebody of a room whom something is done to.</summary>
[MessagePackObject]
public sealed record MemberReference
{
    /// <summary>The room.</summary>
    [Key("roomId")]
    public required Guid RoomId { get; init; }

    /// <summary>The user.</summary>
    [Key("userId")]
    public required Guid UserId { get; init; }
}

/// <summary>Gives a member another role. Given the role of owner, the caller becomes a moderator: a room has one owner.</summary>
[MessagePackObject]
public sealed record SetRole
{
    /// <summary>The room.</summary>
    [Key("roomId")]
    public required Guid RoomId { get; init; }

    /// <summary>The member.</summary>
    [Key("userId")]
    public required Guid UserId { get; init; }

    /// <summary>The new role.</summary>
    [Key("role")]
    public required MemberRole Role { get; init; }
}

/// <summary>Takes a member out of a room. It may come back where it could come in before.</summary>
[MessagePackObject]
public sealed record KickMember
{
    /// <summary>The room.</summary>
    [Key("roomId")]
    public required Guid RoomId { get; init; }

    /// <summary>The member.</summary>
    [Key("userId")]
    public required Guid UserId { get; init; }

    /// <summary>Why, for people to read; at most 200 characters, null for nothing.</summary>
    [Key("reason")]
    public string? Reason { get; init; }
}

/// <summary>Takes somebody out of a room, or keeps out who is not in it, for a time.</summary>
[MessagePackObject]
public sealed record BanMember
{
    /// <summary>The room.</summary>
    [Key("roomId")]
    public required Guid RoomId { get; init; }

    /// <summary>The user.</summary>
    [Key("userId")]
    public required Guid UserId { get; init; }

    /// <summary>For how many seconds, 1 to 315,360,000 (10 years); null for ever.</summary>
    [Key("seconds")]
    public long? Seconds { get; init; }

    /// <summary>Why, for people to read; at most 200 characters, null for nothing.</summary>
    [Key("reason")]
    public string? Reason { get; init; }
}

/// <summary>Keeps a member from writing for a time.</summary>
[MessagePackObject]
public sealed record MuteMember
{
    /// <summary>The room.</summary>
    [Key("roomId")]
    public required Guid RoomId { get; init; }

    /// <summary>The member.</summary>
    [Key("userId")]
    public required Guid UserId { get; init; }

    /// <summary>For how many seconds, 1 to 315,360,000 (10 years); 0 to let it write again.</summary>
    [Key("seconds")]
    public required long Seconds { get; init; }

    /// <summary>Why, for people to read; at most 200 characters, null for nothing.</summary>
    [Key("reason")]
    public string? Reason { get; init; }
}

/// <summary>Asks for a page of members.</summary>
[MessagePackObject]
public sealed record ListMembers
{
    /// <summary>The room.</summary>
    [Key("roomId")]
    public required Guid RoomId { get; init; }

    /// <summary>Whom: active by default; who is banned or invited is for moderators to see.</summary>
    [Key("state")]
    public MemberState State { get; init; } = MemberState.Active;

    /// <summary>Part of a name, in any case; null for all.</summary>
    [Key("search")]
    public string? Search { get; init; }

    /// <summary>From the last page's <see cref="MemberPage.Next"/>; null for the first.</summary>
    [Key("after")]
    public string? After { get; init; }

    /// <summary>Members a page, 1 to 200; null for 100.</summary>
    [Key("limit")]
    public int? Limit { get; init; }
}

/// <summary>Some members of a room, by name, with their presence.</summary>
[MessagePackObject]
public sealed record MemberPage
{
    /// <summary>The members.</summary>
    [Key("members")]
    public required IReadOnlyList<Member> Members { get; init; }

    /// <summary>The presence of those of <see cref="Members"/> who are not offline, and of the others what there is to tell: a text, or when they were here last.</summary>
    [Key("presence")]
    public required IReadOnlyList<UserPresence> Presence { get; init; }

    /// <summary>How many people are members.</summary>
    [Key("memberCount")]
    public required int MemberCount { get; init; }

    /// <summary>How many of them are not offline.</summary>
    [Key("onlineCount")]
    public required int OnlineCount { get; init; }

    /// <summary>What to ask for the next page with; null at the end.</summary>
    [Key("next")]
    public string? Next { get; init; }
}
