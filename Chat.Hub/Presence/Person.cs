using Chat.Contracts;
using Chat.Hub.Nodes;

namespace Chat.Hub.Presence;

/// <summary>
/// Somebody connected to this node, with all devices. Devices and rooms are changed under <see cref="Gate"/> and read without it;
/// there are as many of these as people, so that each is kept small.
/// </summary>
internal sealed class Person(Guid userId)
{
    private readonly HashSet<Guid> rooms = [];
    private Dictionary<Guid, (long At, bool IsTyping)>? typing;
    private volatile Device[] devices = [];

    public Guid UserId => userId;

    /// <summary>Held while connections or rooms change, so that a join, a leave and a new device never cross.</summary>
    public SemaphoreSlim Gate { get; } = new(1, 1);

    /// <summary>The connections as of now.</summary>
    public IReadOnlyList<Device> Devices => devices;

    public bool IsConnected => devices.Length > 0;

    /// <summary>What the person says of itself; null before the store was asked. Changed under <see cref="Gate"/>.</summary>
    public StatusText? Text { get; set; }

    /// <summary>When its last connection ended.</summary>
    public DateTimeOffset? LastSeenAt { get; set; }

    /// <summary>The rooms its connections hear, as of now.</summary>
    public Guid[] Rooms
    {
        get
        {
            lock (rooms) return [.. rooms];
        }
    }

    /// <summary>Waits until the user counts as offline; null while connected.</summary>
    public ITimer? Grace { get; set; }

    /// <summary>Set when the person was taken off the list: whoever comes next is a new one.</summary>
    public bool IsGone { get; set; }

    /// <summary>How the others shall see the person now.</summary>
    public NodePerson Seen => new(UserId, Statuses.Best(devices.Select(device => device.Status)), Rooms)
    {
        Text = Text,
        LastSeenAt = IsConnected ? null : LastSeenAt,
    };

    public void StopGrace()
    {
        Grace?.Dispose();
        Grace = null;
    }

    public Device? Find(string connectionId) => Array.Find(devices, device => device.ConnectionId == connectionId);

    /// <summary>Adds a device; one that is there already stays as it is.</summary>
    public void Add(Device device)
    {
        if (Find(device.ConnectionId) is null) devices = [.. devices, device];
    }

    /// <summary>How a device is from now on.</summary>
    public void Replace(Device device) => devices = [.. devices.Select(one => one.ConnectionId == device.ConnectionId ? device : one)];

    /// <returns>Whether it was there.</returns>
    public bool Remove(string connectionId)
    {
        var before = devices.Length;
        devices = [.. devices.Where(device => device.ConnectionId != connectionId)];
        return devices.Length < before;
    }

    public bool Hears(Guid roomId)
    {
        lock (rooms) return rooms.Contains(roomId);
    }

    /// <returns>False where it hears the room already.</returns>
    public bool Enter(Guid roomId)
    {
        lock (rooms) return rooms.Add(roomId);
    }

    /// <summary>Makes room for so many rooms.</summary>
    public void Expect(int count)
    {
        lock (rooms) rooms.EnsureCapacity(count);
    }

    /// <returns>Whether it heard the room.</returns>
    public bool Leave(Guid roomId)
    {
        lock (rooms) return rooms.Remove(roomId);
    }

    /// <summary>Whether a typing notice may go out now; a stop may once after each start that was told.</summary>
    public bool MayType(Guid roomId, bool isTyping, long now, long interval)
    {
        lock (rooms)
        {
            typing ??= [];
            var hasLast = typing.TryGetValue(roomId, out var last);
            if (isTyping ? hasLast && now - last.At < interval : !last.IsTyping) return false;
            typing[roomId] = (isTyping ? now : last.At, isTyping);
            return true;
        }
    }
}

/// <summary>A connection of somebody.</summary>
/// <param name="ConnectionId">The connection.</param>
/// <param name="UserId">Whose.</param>
/// <param name="SessionId">The sign-in it is made over.</param>
/// <param name="Status">How it wants its user to be seen.</param>
internal sealed record Device(string ConnectionId, Guid UserId, Guid SessionId, PresenceStatus Status);
