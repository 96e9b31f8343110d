using System.Collections.Concurrent;
using Chat.Contracts;

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

    /// <summary>What the others were told last. Changed under <see cref="Gate"/>.</summary>
    public PresenceStatus Told { get; set; } = PresenceStatus.Offline;

    /// <summary>Waits until the user counts as offline; null while connected.</summary>
    public ITimer? Grace { get; set; }

    public void StopGrace()
    {
        Grace?.Dispose();
        Grace = null;
    }

    /// <summary>Set when the person was taken off the list: whoever comes next is a new one.</summary>
    public bool IsGone { get; set; }

    /// <summary>The best of all devices; do-not-disturb on one is meant for all.</summary>
    public PresenceStatus Status
    {
        get
        {
            var best = PresenceStatus.Offline;
            foreach (var (_, status) in Connections)
            {
                if (status is PresenceStatus.DoNotDisturb) return status;
                if (status > best) best = status;
            }
            return best;
        }
    }

    /// <summary>Whether a typing notice may go out now; a stop may once after each start that was told.</summary>
    public bool MayType(Guid roomId, bool isTyping, long now, long interval)
    {
        var hasLast = typing.TryGetValue(roomId, out var last);
        if (isTyping ? hasLast && now - last.At < interval : !last.IsTyping) return false;
        typing[roomId] = (isTyping ? now : last.At, isTyping);
        return true;
    }
}
