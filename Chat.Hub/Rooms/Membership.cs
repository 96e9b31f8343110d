using Chat.Contracts;

namespace Chat.Hub.Rooms;

/// <summary>New members.</summary>
internal static class Membership
{
    public static Member Of(Speaker who, Guid roomId, MemberRole role, DateTimeOffset now) => new()
    {
        RoomId = roomId,
        UserId = who.UserId,
        Name = who.Name,
        UserKind = who.Kind,
        Role = role,
        State = MemberState.Active,
        JoinedAt = now,
    };
}
