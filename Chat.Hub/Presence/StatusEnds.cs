using Chat.Hub.Operations;

namespace Chat.Hub.Presence;

/// <summary>Takes back what people said of themselves when its time is over, and has that told.</summary>
internal sealed partial class StatusEnds(Attendance attendance, ChatClock time, TimeProvider clock, ILogger<StatusEnds> logger) : BackgroundService
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Tick, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken)) await EndAll();
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The node stops.
        }
    }

    private async Task EndAll()
    {
        try
        {
            await attendance.EndTexts(time.Now);
        }
        catch (Exception e)
        {
            LogNotEnded(e);
        }
    }

    [LoggerMessage(103, LogLevel.Error, "The ends of status texts were not told.")]
    private partial void LogNotEnded(Exception exception);
}
