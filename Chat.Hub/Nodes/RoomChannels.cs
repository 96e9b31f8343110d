using System.Collections.Concurrent;
using Chat.Hub.Delivery;

namespace Chat.Hub.Nodes;

/// <summary>The rooms whose channel this node listens to.</summary>
internal sealed class RoomChannels
{
    private readonly ConcurrentDictionary<Guid, Lazy<Task>> opened = [];

    public void Clear() => opened.Clear();

    /// <summary>Done when the room is heard; asked again after a failure.</summary>
    public Task Open(BackplaneLink link, Guid roomId)
    {
        var opening = opened.GetOrAdd(roomId, static (id, link) => new Lazy<Task>(() => link.Listen(id)), link);
        return opening.Value.IsCompletedSuccessfully ? Task.CompletedTask : Finish(roomId, opening);
    }

    /// <summary>Opens the channels that could not be opened before, and closes those of rooms that nobody here listens to any more.</summary>
    public async Task Sweep(BackplaneLink link, Audience audience)
    {
        foreach (var room in audience.Rooms) await Open(link, room.RoomId);
        foreach (var roomId in opened.Keys.Where(roomId => !audience.IsHeard(roomId)))
        {
            opened.TryRemove(roomId, out _);
            await link.Unlisten(roomId);
            if (!audience.IsHeard(roomId)) continue;
            // Somebody came while it was being closed, and found it open.
            opened.TryRemove(roomId, out _);
            await Open(link, roomId);
        }
    }

    private async Task Finish(Guid roomId, Lazy<Task> opening)
    {
        try
        {
            await opening.Value;
        }
        catch
        {
            opened.TryRemove(KeyValuePair.Create(roomId, opening));
            throw;
        }
    }
}
