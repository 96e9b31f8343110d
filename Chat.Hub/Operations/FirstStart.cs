using Chat.Contracts;
using Chat.Hub.Rooms;
using Chat.Hub.Storage;

namespace Chat.Hub.Operations;

/// <summary>Makes the rooms of a fresh server; on later starts they are there already.</summary>
internal sealed class FirstStart(RoomLog log, TimeProvider clock) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        foreach (var room in FirstRooms.All)
        {
            while ((await log.Write(room, stoppingToken)).Error is { Code: ErrorCode.Unavailable, RetryAfterMs: { } wait })
                await Task.Delay(TimeSpan.FromMilliseconds(wait), clock, stoppingToken);
        }
    }
}
