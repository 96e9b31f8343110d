using Chat.Hub.Rooms;
using Chat.Hub.Storage;

namespace Chat.Hub.Operations;

/// <summary>Makes the rooms of a fresh server; on later starts they are there already.</summary>
internal sealed class FirstStart(RoomLog log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        foreach (var room in FirstRooms.All) await log.Write(room, stoppingToken);
    }
}
