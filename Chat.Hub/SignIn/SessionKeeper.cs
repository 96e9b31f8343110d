using Chat.Contracts;
using Chat.Hub.Delivery;
using Chat.Hub.Operations;
using Chat.Hub.Presence;
using Chat.Hub.Storage;
using Microsoft.Extensions.Options;

namespace Chat.Hub.SignIn;

/// <summary>
/// Once a minute: writes down which sessions are in use (an open connection is a use), closes the connections of those that
/// have ended without a word coming here, and forgets those that nobody used for their time.
/// </summary>
internal sealed partial class SessionKeeper(
    ISessionStore store, SessionUses uses, LiveSessions live, Attendance attendance, LastSeen lastSeen, Connections connections,
    IOptions<SignInOptions> options, ChatClock time, TimeProvider clock, ILogger<SessionKeeper> logger) : BackgroundService
{
    private static readonly TimeSpan Tick = TimeSpan.FromMinutes(1);

    /// <summary>One round.</summary>
    public async Task Look(CancellationToken cancellation)
    {
        var devices = attendance.Devices;
        foreach (var device in devices)
        {
            uses.Note(device.SessionId);
            // Told again only when the last connection ends: this is for the node that is killed before it can say so.
            lastSeen.Note(device.UserId, time.Now);
        }
        var ended = (await uses.Write(cancellation)).ToHashSet();
        foreach (var device in devices.Where(device => ended.Contains(device.SessionId)))
        {
            live.End(device.SessionId);
            _ = connections.Close(device.ConnectionId, CloseCode.SessionRevoked);
        }
        await store.CollectSessions(time.Now - TimeSpan.FromHours(options.Value.SessionHours), cancellation);
        live.Sweep();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Tick, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken)) await LookSafely(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The node stops.
        }
    }

    private async Task LookSafely(CancellationToken cancellation)
    {
        try
        {
            await Look(cancellation);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // What waits is written in the next minute.
            LogNotKept(e);
        }
    }

    [LoggerMessage(101, LogLevel.Warning, "The use of sessions was not written down; it is tried again in a minute.")]
    private partial void LogNotKept(Exception exception);
}
