using System.Collections.Concurrent;
using Chat.Contracts;
using Chat.Hub.Nodes;

namespace Chat.Hub.Presence;

/// <summary>Somebody connected to this node, with all devices.</summary>
internal sealed class Person(Guid userId)
{
    private readonly ConcurrentDictionary<Guid, (long At, bool IsTyping)> typing = [];

    public Guid UserId => userId;

    /// <summary>Held while connections or rooms change, so that a join, a leave and a new device never cross.</summary>
    public SemaphoreSlim Gate { get; } = new(1, 1);

    /// <summary>Connections by id. Changed under <see cref="Gate"/>.</summary>
    public ConcurrentDictionary<string, Device> Connections { get; } = [];

    /// <summary>What the person says of itself; null before the store was asked. Changed under <see cref="Gate"/>.</summary>
    public StatusText? Text { get; set; }

    /// <summary>When its last connection ended.</summary>
    public DateTimeOffset? LastSeenAt { get; set; }

    /// <summary>The rooms its connections hear. Changed under <see cref="Gate"/>.</summary>
    public ConcurrentDictionary<Guid, byte> Rooms { get; } = [];

    /// <summary>Waits until the user counts as offline; null while connected.</summary>
    public ITimer? Grace { get; set; }

    public void StopGrace()
    {
        Grace?.Dispose();
        Grace = null;
    }

    /// <summary>Set when the person was taken off the list: whoever comes next is a new one.</summary>
    public bool IsGone { get; set; }

    /// <summary>How the others shall see the person now.</summary>
    public NodePerson Seen => new(UserId, Statuses.Best(Connections.Values.Select(device => device.Status)), [.. Rooms.Keys])
    {
        Text = Text,
        LastSeenAt = Connections.IsEmpty ? LastSeenAt : null,
    };

    /// <summary>Whether a typing notice may go out now; a stop may once after each start that was told.</summary>
    public bool MayType(Guid roomId, bool isTyping, long now, long interval)
    {
        var hasLast = typing.TryGetValue(roomId, out var last);
        if (isTyping ? hasLast && now - last.At < interval : !last.IsTyping) return false;
        typing[roomId] = (isTyping ? now : last.At, isTyping);
        return true;
    }
}

/// <summary>A connection of somebody.</summary>
/// <param name="ConnectionId">The connection.</param>
/// <param name="UserId">Whose.</param>
/// <param name="SessionId">The sign-in it is made over.</param>
/// <param name="Status">How it wants its user to be seen.</param>
internal sealed record Device(string ConnectionId, Guid UserId, Guid SessionId, PresenceStatus Status);
