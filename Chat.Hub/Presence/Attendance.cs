using System.Collections.Concurrent;
using Chat.Contracts;
using Chat.Hub.Delivery;
using Chat.Hub.Hubs;
using Chat.Hub.Nodes;
using Chat.Hub.Operations;
using Chat.Hub.Storage;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;

namespace Chat.Hub.Presence;

/// <summary>
/// Who is connected to this node and which rooms their connections hear. Membership decides: a connection is attached
/// to a room exactly while its user is a member, in the order in which the log says so.
/// </summary>
internal sealed partial class Attendance(
    IHubContext<ChatHub, IChatClient> hub, Audience audience, Backplane backplane, Gossip gossip, LastSeen lastSeen,
    IOptions<PresenceOptions> options, ChatClock time, TimeProvider clock, ILogger<Attendance> logger)
{
    private readonly ConcurrentDictionary<Guid, Person> people = [];

    /// <summary>Adds a connection and attaches it to the rooms that <paramref name="comingOf"/> answers.</summary>
    public async Task Connect(Device device, Func<Task<Coming>> comingOf)
    {
        var (connectionId, userId, _, _) = device;
        await With(userId, person => person ?? new Person(userId), async person =>
        {
            person.StopGrace();
            try
            {
                // Read under the gate: a leave that commits after this is detached after this.
                var (rooms, face) = await comingOf();
                person.Text ??= face.Text;
                person.Add(device);
                person.Expect(rooms.Count);
                foreach (var room in rooms)
                {
                    // A joining that is written but not told yet: the other devices would find the room here and stay deaf.
                    if (!await Hear(person, room.RoomId, room.Head)) await hub.Groups.AddToGroupAsync(connectionId, ChatGroups.Room(room.RoomId));
                }
                await backplane.Listen(rooms.Select(room => room.RoomId));
                gossip.Tell(person.Seen);
            }
            finally
            {
                // The store may be away: a person without a connection must not stay for ever.
                if (!person.IsConnected) BeginGrace(person);
            }
        });
    }

    public Task Disconnect(Guid userId, string connectionId) => With(userId, person => person, person =>
    {
        if (!person.Remove(connectionId)) return Task.CompletedTask;
        if (person.IsConnected) gossip.Tell(person.Seen);
        else BeginGrace(person);
        return Task.CompletedTask;
    });

    /// <summary>Sets what the person says of itself, unless it has said something later.</summary>
    public Task Say(Guid userId, StatusText text) => With(userId, person => person, person =>
    {
        if (person.Text is { } before && before.SetAt > text.SetAt) return Task.CompletedTask;
        person.Text = text;
        if (person.IsConnected) gossip.Tell(person.Seen);
        return Task.CompletedTask;
    });

    /// <summary>Tells of those whose text has ended by now.</summary>
    public async Task EndTexts(DateTimeOffset now)
    {
        foreach (var person in people.Values)
        {
            if (person.Text is { } text && text.HasEnded(now)) await Say(person.UserId, text.At(now));
        }
    }

    /// <summary>Makes all connections of the user hear the room from after a version on.</summary>
    public Task Attach(Guid userId, Guid roomId, long version) => With(userId, person => person, async person =>
    {
        if (!await Hear(person, roomId, version)) return;
        await backplane.Listen([roomId]);
        if (person.IsConnected) gossip.Tell(person.Seen);
    });

    /// <summary>Makes no connection of the user hear the room.</summary>
    public Task Detach(Guid userId, Guid roomId) => With(userId, person => person, async person =>
    {
        if (!person.Leave(roomId)) return;
        foreach (var device in person.Devices)
            await hub.Groups.RemoveFromGroupAsync(device.ConnectionId, ChatGroups.Room(roomId));
        audience.Leave(roomId, userId);
        if (person.IsConnected) gossip.Tell(person.Seen);
    });

    /// <summary>Sets how a device wants its user to be seen.</summary>
    public Task Set(Guid userId, string connectionId, PresenceStatus status) => With(userId, person => person, person =>
    {
        if (person.Find(connectionId) is not { } device) return Task.CompletedTask;
        person.Replace(device with { Status = status });
        gossip.Tell(person.Seen);
        return Task.CompletedTask;
    });

    /// <summary>Whether the user has, or had a moment ago, a connection to this node.</summary>
    public bool IsHere(Guid userId) => people.ContainsKey(userId);

    /// <summary>The user's connections to this node.</summary>
    public IReadOnlyCollection<string> ConnectionsOf(Guid userId) =>
        people.GetValueOrDefault(userId) is { } person ? [.. person.Devices.Select(device => device.ConnectionId)] : [];

    /// <summary>The sign-in that a connection is made over; null where it is not here.</summary>
    public Guid? SessionOf(Guid userId, string connectionId) =>
        people.GetValueOrDefault(userId)?.Find(connectionId)?.SessionId;

    /// <summary>All connections to this node.</summary>
    public IReadOnlyList<Device> Devices => [.. people.Values.SelectMany(person => person.Devices)];

    /// <summary>Whether the user's connections hear the room.</summary>
    public bool Hears(Guid userId, Guid roomId) => people.GetValueOrDefault(userId)?.Hears(roomId) is true;

    /// <summary>Whether a typing notice may go out now.</summary>
    public bool MayType(Guid userId, Guid roomId, bool isTyping) =>
        people.GetValueOrDefault(userId)?.MayType(roomId, isTyping, clock.GetTimestamp(), clock.TimestampFrequency * options.Value.TypingIntervalMs / 1000) is true;

    private void BeginGrace(Person person)
    {
        person.LastSeenAt = time.Now;
        // Now, not after the grace: the node may stop before.
        lastSeen.Note(person.UserId, time.Now);
        person.Grace = clock.CreateTimer(
            _ => LeaveAfterGrace(person.UserId), null, TimeSpan.FromMilliseconds(options.Value.OfflineGraceMs), Timeout.InfiniteTimeSpan);
    }

    // A timer's callback: nobody awaits it, so that what goes wrong in it is logged here.
    private void LeaveAfterGrace(Guid userId) => _ = With(userId, person => person, person =>
    {
        if (person.IsConnected) return Task.CompletedTask;
        person.StopGrace();
        person.IsGone = true;
        try
        {
            foreach (var roomId in person.Rooms) audience.Leave(roomId, userId);
            gossip.Tell(person.Seen);
        }
        finally
        {
            // Last: whoever comes back meanwhile waits at this gate, so that its coming is told after this going.
            people.TryRemove(userId, out _);
        }
        return Task.CompletedTask;
    }).ContinueWith(
        task => LogNotLeft(task.Exception!, userId), CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);

    /// <summary>Makes all connections of the person hear the room; false when they do already.</summary>
    private async Task<bool> Hear(Person person, Guid roomId, long version)
    {
        if (!person.Enter(roomId)) return false;
        audience.Enter(roomId, person.UserId, version);
        foreach (var device in person.Devices)
            await hub.Groups.AddToGroupAsync(device.ConnectionId, ChatGroups.Room(roomId));
        return true;
    }

    /// <summary>Runs the act under the person's gate; a person who is not here (and is not made) is passed over.</summary>
    private async Task With(Guid userId, Func<Person?, Person?> find, Func<Person, Task> act)
    {
        while (true)
        {
            var person = find(people.GetValueOrDefault(userId));
            if (person is null) return;
            person = people.GetOrAdd(userId, person);
            await person.Gate.WaitAsync();
            try
            {
                if (person.IsGone) continue;
                await act(person);
                return;
            }
            finally
            {
                person.Gate.Release();
            }
        }
    }

    [LoggerMessage(20, LogLevel.Error, "User {UserId} could not be told offline.")]
    private partial void LogNotLeft(Exception exception, Guid userId);
}
