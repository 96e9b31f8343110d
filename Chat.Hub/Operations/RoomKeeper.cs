using Chat.Hub.Rooms;
using Chat.Hub.Storage;
using Microsoft.Extensions.Options;

namespace Chat.Hub.Operations;

/// <summary>Deletes temporary rooms that nobody has been in for a while, and clears away what was in deleted rooms.</summary>
internal sealed partial class RoomKeeper(
    RoomLog log, IRoomUpkeep rooms, IOptions<RoomLimits> limits, ChatClock time, TimeProvider clock, ILogger<RoomKeeper> logger) : BackgroundService
{
    // Few enough that nobody waits long behind the writer.
    private const int MessagesAtOnce = 500;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(15);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var wait = TimeSpan.FromSeconds(limits.Value.EmptyRoomSeconds);
        using var timer = new PeriodicTimer(wait < Longest ? wait : Longest, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken)) await Round(wait, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The node stops.
        }
    }

    private async Task Round(TimeSpan wait, CancellationToken stopping)
    {
        try
        {
            var since = time.Now - wait;
            foreach (var roomId in await rooms.EmptyRooms(since, stopping))
            {
                // Somebody may have come back, or another node may have been first: then it is refused.
                var written = await log.Write(new RemoveRoom(roomId, null, "Nobody was in this room any more.", since), stopping);
                if (written.Error is null) LogClosed(roomId);
            }
            while (await rooms.ClearSome(MessagesAtOnce, time.Now, stopping))
            {
                // Others write between two of these.
                await Task.Yield();
            }
        }
        catch (StoreUnavailableException e)
        {
            LogPutOff(e);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // The next round may do; the node must not stop over it.
            LogBroken(e);
        }
    }

    [LoggerMessage(90, LogLevel.Information, "Room {RoomId} was empty and is deleted.")]
    private partial void LogClosed(Guid roomId);

    [LoggerMessage(91, LogLevel.Warning, "The store is away; rooms are tidied when it is back.")]
    private partial void LogPutOff(Exception exception);

    [LoggerMessage(92, LogLevel.Error, "Rooms could not be tidied.")]
    private partial void LogBroken(Exception exception);
}
