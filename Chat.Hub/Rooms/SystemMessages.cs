using Chat.Contracts;

namespace Chat.Hub.Rooms;

/// <summary>What a room says of itself.</summary>
internal static class SystemMessages
{
    public static Message Welcome(Room room, Speaker? founder, DateTimeOffset now) => Say(
        room.RoomId,
        founder is null ? $"Welcome to {room.Name}." : $"{founder.Name} created {room.Name}.",
        new SystemEvent
        {
            Kind = SystemEventKind.Welcome,
            ActorId = founder?.UserId,
            ActorName = founder?.Name ?? "",
            Value = room.Name,
        },
        now);

    public static Message Joined(Member member, DateTimeOffset now) =>
        Say(member.RoomId, $"{member.Name} joined.", By(SystemEventKind.Joined, member), now);

    public static Message Left(Member member, DateTimeOffset now) =>
        Say(member.RoomId, $"{member.Name} left.", By(SystemEventKind.Left, member), now);

    private static SystemEvent By(SystemEventKind kind, Member member) =>
        new() { Kind = kind, ActorId = member.UserId, ActorName = member.Name };

    private static Message Say(Guid roomId, string text, SystemEvent what, DateTimeOffset now) => new()
    {
        RoomId = roomId,
        Id = Guid.CreateVersion7(now),
        Kind = MessageKind.System,
        Text = text,
        System = what,
        CreatedAt = now,
    };
}
