using System.ComponentModel.DataAnnotations;

namespace Chat.Hub.Rooms;

/// <summary>What a room takes: section <c>Chat:Rooms</c>.</summary>
public sealed class RoomLimits
{
    /// <summary>Bytes of UTF-8 in a message's text.</summary>
    [Range(1, 1_048_576)]
    public int MessageTextBytes { get; set; } = 16 * 1024;
}
