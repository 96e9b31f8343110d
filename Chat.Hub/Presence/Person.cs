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

    /// <summary>Connections by id, each with how its device wants to be seen. Changed under <see cref="Gate"/>.</summary>
    public ConcurrentDictionary<string, PresenceStatus> Connections { get; } = [];

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
    public NodePerson Seen => new(UserId, Statuses.Best(Connections.Values), [.. Rooms.Keys]);

    /// <summary>Whether a typing notice may go out now; a stop may once after each start that was told.</summary>
    public bool MayType(Guid roomId, bool isTyping, long now, long interval)
    {
        var hasLast = typing.TryGetValue(roomId, out var last);
        if (isTyping ? hasLast && now - last.At < interval : !last.IsTyping) return false;
        typing[roomId] = (isTyping ? now : last.At, isTyping);
        return true;
    }
}
