using System.Collections.Concurrent;
using Chat.Contracts;
using Chat.Hub.Delivery;
using Chat.Hub.Hubs;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;

namespace Chat.Hub.Presence;

/// <summary>Tells rooms who came and went: by name in small ones, by count once a second in large ones.</summary>
internal sealed class PresenceTeller(
    IHubContext<ChatHub, IChatClient> hub, IOptions<PresenceOptions> options, TimeProvider clock) : BackgroundService
{
    private readonly ConcurrentDictionary<Guid, Crowd> crowds = [];
    private readonly ConcurrentDictionary<Guid, byte> changed = [];

    public int CountOf(Guid roomId) => crowds.GetValueOrDefault(roomId)?.Count ?? 0;

    public void Enter(Guid roomId, Person person) => crowds.GetOrAdd(roomId, _ => new Crowd()).Add(person.UserId);

    public void Leave(Guid roomId, Person person) => crowds.GetValueOrDefault(roomId)?.Remove(person.UserId);

    /// <summary>Tells all rooms of the person how it is seen now, if that changed. Called under its gate.</summary>
    public async Task Tell(Person person)
    {
        if (person.Told == person.Status) return;
        person.Told = person.Status;
        foreach (var (roomId, _) in person.Rooms) await TellRoom(roomId, person);
    }

    /// <summary>Tells one room how the person is seen there now. Called under its gate.</summary>
    public Task TellRoom(Guid roomId, Person person)
    {
        var count = CountOf(roomId);
        if (count > options.Value.NamedUpTo)
        {
            changed[roomId] = 0;
            return Task.CompletedTask;
        }
        var status = person.Rooms.ContainsKey(roomId) ? person.Status : PresenceStatus.Offline;
        return hub.Clients.Group(ChatGroups.Room(roomId)).PresenceChanged(new PresenceNotice
        {
            RoomId = roomId,
            User = new UserPresence { UserId = person.UserId, Status = status },
            OnlineCount = count,
        });
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                foreach (var roomId in changed.Keys)
                {
                    if (!changed.TryRemove(roomId, out _)) continue;
                    await hub.Clients.Group(ChatGroups.Room(roomId)).PresenceChanged(
                        new PresenceNotice { RoomId = roomId, OnlineCount = CountOf(roomId) });
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The node stops.
        }
    }
}
