using System.Collections.Concurrent;
using System.Threading.Channels;
using Chat.Contracts;
using Chat.Hub.Delivery;
using Chat.Hub.Hubs;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;

namespace Chat.Hub.Presence;

/// <summary>
/// Tells this node's connections who came and went: by name in small rooms, by count once a second in large ones. Told is
/// what is true at the moment of telling, so that what changed twice meanwhile is told once, and never in the wrong order.
/// </summary>
internal sealed partial class PresenceTeller(
    Roster roster, People people, Audience audience, IHubContext<ChatHub, IChatClient> hub, IOptions<PresenceOptions> options, TimeProvider clock, ILogger<PresenceTeller> logger)
    : BackgroundService
{
    // Bounded by the set beside it: each pair waits once.
    private readonly Channel<(Guid RoomId, Guid UserId)> waiting = Channel.CreateUnbounded<(Guid, Guid)>(new UnboundedChannelOptions { SingleReader = true });
    private readonly ConcurrentDictionary<(Guid RoomId, Guid UserId), byte> marked = [];
    private readonly ConcurrentDictionary<Guid, byte> counted = [];

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        roster.Changed += Mark;
        return base.StartAsync(cancellationToken);
    }

    public override Task StopAsync(CancellationToken cancellationToken)
    {
        roster.Changed -= Mark;
        return base.StopAsync(cancellationToken);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(TellPeople(stoppingToken), TellCounts(stoppingToken));

    private void Mark(Guid roomId, Guid userId)
    {
        if (audience.IsHeard(roomId) && marked.TryAdd((roomId, userId), 0)) waiting.Writer.TryWrite((roomId, userId));
    }

    private async Task TellPeople(CancellationToken stopping)
    {
        try
        {
            await foreach (var (roomId, userId) in waiting.Reader.ReadAllAsync(stopping))
            {
                marked.TryRemove((roomId, userId), out _);
                var (status, count) = roster.Look(roomId, userId);
                if (count > options.Value.NamedUpTo) counted[roomId] = 0;
                else await Tell(new PresenceNotice { RoomId = roomId, User = await people.Seen(userId, status), OnlineCount = count });
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The node stops.
        }
    }

    private async Task TellCounts(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stopping))
            {
                foreach (var roomId in counted.Keys)
                {
                    if (counted.TryRemove(roomId, out _)) await Tell(new PresenceNotice { RoomId = roomId, OnlineCount = roster.OnlineIn(roomId) });
                }
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The node stops.
        }
    }

    private async Task Tell(PresenceNotice notice)
    {
        try
        {
            await hub.Clients.Group(ChatGroups.Room(notice.RoomId)).PresenceChanged(notice);
        }
        catch (Exception e)
        {
            LogNotTold(e, notice.RoomId);
        }
    }

    [LoggerMessage(21, LogLevel.Error, "Presence in room {RoomId} was not told.")]
    private partial void LogNotTold(Exception exception, Guid roomId);
}
