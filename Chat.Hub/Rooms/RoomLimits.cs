using System.ComponentModel.DataAnnotations;

namespace Chat.Hub.Rooms;

/// <summary>What a room takes: section <c>Chat:Rooms</c>.</summary>
public sealed class RoomLimits
{
    /// <summary>Bytes of UTF-8 in a message's text.</summary>
    [Range(1, 1_048_576)]
    public int MessageTextBytes { get; set; } = 16 * 1024;

    /// <summary>Tries of a room's password a minute, for one user and room on one node; past it <c>rate_limited</c>.</summary>
    [Range(1, 1_000_000)]
    public int PasswordTries { get; set; } = 5;

    /// <summary>Seconds that nobody has been a member of a temporary room before it is deleted.</summary>
    [Range(1, 31_536_000)]
    public int EmptyRoomSeconds { get; set; } = 300;
}
