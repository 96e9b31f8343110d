using System.Text.Json;
using Chat.Client;
using Chat.Contracts.Wire;

namespace Chat.Tests.Client;

/// <summary>All that a client shows of a room, as text to be compared.</summary>
internal static class RoomPicture
{
    public static string Of(ChatRoom room) => JsonSerializer.Serialize(new
    {
        room.Room,
        room.Membership,
        room.Messages,
        room.HasOlder,
        room.Members,
        room.MemberCount,
        room.Head,
        room.IsBehind,
        room.ReadSeq,
        room.Unread,
        room.UnreadMentions,
    }, ChatJson.Options);
}
