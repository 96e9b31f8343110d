using System.Collections.Concurrent;
using Chat.Client;
using Chat.Contracts;

namespace Chat.Bench.Chaos.Clients;

/// <summary>The last notice of each person in a room, as heard on this connection.</summary>
internal sealed class PresenceHeard
{
    private readonly ConcurrentDictionary<(Guid RoomId, Guid UserId), PresenceStatus> last = [];

    /// <summary>Begins with a room; what was heard in it before it was left says nothing any more.</summary>
    public void Listen(ChatRoom room)
    {
        foreach (var known in last.Keys.Where(known => known.RoomId == room.Id)) last.TryRemove(known, out _);
        room.PresenceChanged += (_, notice) =>
        {
            if (notice.User is { } user) last[(notice.RoomId, user.UserId)] = user.Status;
        };
    }

    /// <summary>What was heard on a former connection says nothing any more.</summary>
    public void Forget() => last.Clear();

    public PresenceSeen In(Guid roomId) => new(
        "heard", last.Where(pair => pair.Key.RoomId == roomId).ToDictionary(pair => pair.Key.UserId, pair => pair.Value), IsAll: false, OnlineCount: null);
}
