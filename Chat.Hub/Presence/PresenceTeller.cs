using System.Collections.Concurrent;
using System.Threading.Channels;
using Chat.Contracts;
using Chat.Hub.Delivery;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Options;

namespace Chat.Hub.Presence;

/// <summary>
/// Tells this node's connections who came and went: by name in small rooms, by count once a second in large ones. Told is
/// what is true at the moment of telling, so that what changed twice meanwhile is told once, and never in the wrong order.
/// </summary>
internal sealed partial class PresenceTeller(
    Roster roster, People people, Audience audience, Fanout fanout, IOptions<PresenceOptions> options, TimeProvider clock, ILogger<PresenceTeller> logger)
    : BackgroundService
{
    private const int MostTogether = 1_000;

    /// <summary>
    /// Where thousands come at once, telling takes a fifth of the time at most: what piles up meanwhile goes out together. One who
    /// comes or goes is told at once.
    /// </summary>
    private const int RestFactor = 4;

    private static readonly TimeSpan Brief = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan LongestRest = TimeSpan.FromMilliseconds(500);

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
            while (await waiting.Reader.WaitToReadAsync(stopping))
            {
                var began = clock.GetTimestamp();
                // What piled up meanwhile goes out together: a room whose people all come back is told in a few writes.
                var notices = new Dictionary<Guid, List<PresenceNotice>>();
                var taken = 0;
                for (; taken < MostTogether && waiting.Reader.TryRead(out var pair); taken++) await Look(pair.RoomId, pair.UserId, notices);
                foreach (var (roomId, ofRoom) in notices) await Tell(roomId, ofRoom);
                // Where so many wait already that not all went out, a rest would gather no more.
                if (taken < MostTogether && clock.GetElapsedTime(began) is var took && took > Brief) await Task.Delay(RestAfter(took), clock, stopping);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The node stops.
        }
    }

    private static TimeSpan RestAfter(TimeSpan telling) => telling * RestFactor < LongestRest ? telling * RestFactor : LongestRest;

    private async Task Look(Guid roomId, Guid userId, Dictionary<Guid, List<PresenceNotice>> notices)
    {
        marked.TryRemove((roomId, userId), out _);
        var (status, count) = roster.Look(roomId, userId);
        if (count > options.Value.NamedUpTo)
        {
            counted[roomId] = 0;
            return;
        }
        if (!notices.TryGetValue(roomId, out var ofRoom)) notices[roomId] = ofRoom = [];
        ofRoom.Add(new PresenceNotice { RoomId = roomId, User = await people.Seen(userId, status), OnlineCount = count });
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
                    if (counted.TryRemove(roomId, out _)) await Tell(roomId, [new PresenceNotice { RoomId = roomId, OnlineCount = roster.OnlineIn(roomId) }]);
                }
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The node stops.
        }
    }

    private async Task Tell(Guid roomId, IReadOnlyList<PresenceNotice> notices)
    {
        try
        {
            await fanout.Tell(ChatGroups.Room(roomId), [.. notices.Select(notice => new InvocationMessage(nameof(IChatClient.PresenceChanged), [notice]))]);
        }
        catch (Exception e)
        {
            LogNotTold(e, roomId);
        }
    }

    [LoggerMessage(21, LogLevel.Error, "Presence in room {RoomId} was not told.")]
    private partial void LogNotTold(Exception exception, Guid roomId);
}
