using Chat.Contracts;

namespace Chat.Client;

/// <summary>Why a room is no longer the user's.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Reason">What whoever did it said; may be empty.</param>
/// <param name="Until">Until when a banned user stays out; null for ever, or where that is not it.</param>
public sealed record RoomRemoval(RemovalKind Kind, string Reason, DateTimeOffset? Until)
{
    internal static RoomRemoval Unknown { get; } = new(RemovalKind.Unknown, "", null);

    internal static RoomRemoval Left { get; } = new(RemovalKind.Left, "", null);

    internal static RoomRemoval Of(RoomDeleted deleted) => new(RemovalKind.Deleted, deleted.Reason, null);

    internal static RoomRemoval Of(Member member) => member.State switch
    {
        MemberState.Kicked => new(RemovalKind.Kicked, member.Reason, null),
        MemberState.Banned => new(RemovalKind.Banned, member.Reason, member.BannedUntil),
        MemberState.Left => Left,
        _ => Unknown,
    };
}

/// <summary>Kinds of <see cref="RoomRemoval"/>.</summary>
public enum RemovalKind
{
    /// <summary>The server did not say.</summary>
    Unknown = 0,

    /// <summary>The user left, here or on another device.</summary>
    Left,

    /// <summary>The user was taken out, and may come back.</summary>
    Kicked,

    /// <summary>The user was taken out, and must stay out for a while.</summary>
    Banned,

    /// <summary>The room was deleted.</summary>
    Deleted,
}
