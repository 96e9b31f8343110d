using Chat.Contracts;

namespace Chat.Client.Sending;

/// <summary>What waits to go out: each room's messages in order, one under way at a time, held over drops of the connection.</summary>
internal sealed class Outbox(Postman postman)
{
    private readonly Lock gate = new();
    private readonly Dictionary<Guid, Queue<PendingMessage>> lanes = [];

    /// <returns>The stored message, when the server has it on disk.</returns>
    public Task<Message> SendAsync(SendMessage request, Guid? author, CancellationToken ct)
    {
        var pending = new PendingMessage(request, author, ct);
        bool isFirst;
        lock (gate)
        {
            isFirst = !lanes.TryGetValue(request.RoomId, out var lane);
            lane ??= lanes[request.RoomId] = new();
            lane.Enqueue(pending);
        }
        if (isFirst) _ = EmptyAsync(request.RoomId);
        return pending.Answer;
    }

    private async Task EmptyAsync(Guid room)
    {
        while (Next(room) is { } pending)
        {
            await pending.DeliverAsync(postman.PostAsync).ConfigureAwait(false);
            lock (gate) lanes[room].Dequeue();
        }
    }

    private PendingMessage? Next(Guid room)
    {
        lock (gate)
        {
            if (lanes[room].TryPeek(out var pending)) return pending;
            lanes.Remove(room);
            return null;
        }
    }
}
