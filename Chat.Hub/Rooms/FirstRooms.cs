using Chat.Contracts;

namespace Chat.Hub.Rooms;

/// <summary>The rooms of a fresh server, the same ids everywhere.</summary>
internal static class FirstRooms
{
    public static Guid General { get; } = Guid.Parse("00000000-0000-7000-8000-000000000001");

    public static Guid Random { get; } = Guid.Parse("00000000-0000-7000-8000-000000000002");

    public static IReadOnlyList<FoundRoom> All { get; } =
    [
        new(null, new CreateRoom { RoomId = General, Name = "general", Topic = "Everybody is here" }),
        new(null, new CreateRoom { RoomId = Random, Name = "random", Topic = "Whatever comes to mind" }),
    ];
}
