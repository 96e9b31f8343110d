namespace Chat.Client.Sending;

/// <summary>Brings the outbox to the server: each room's messages in order, one under way at a time, rooms beside each other.</summary>
internal sealed class Lanes
{
    private readonly Lock gate = new();
    private readonly Outbox outbox;
    private readonly Postman postman;

    // The rooms whose messages are being sent, and whether somebody asked for that again meanwhile.
    private readonly Dictionary<Guid, bool> busy = [];

    public Lanes(Outbox outbox, Postman postman)
    {
        (this.outbox, this.postman) = (outbox, postman);
        outbox.Waiting += room => Task.Run(() => Run(room));
    }

    /// <summary>Sends what waits in a room, unless that happens already.</summary>
    public void Run(Guid roomId)
    {
        lock (gate)
        {
            if (!busy.TryAdd(roomId, false))
            {
                busy[roomId] = true;
                return;
            }
        }
        _ = EmptyAsync(roomId);
    }

    // Never throws: nobody waits for it.
    private async Task EmptyAsync(Guid roomId)
    {
        do
        {
            while (outbox.Next(roomId) is { } item && await TrySendAsync(item).ConfigureAwait(false)) { }
            // Whoever waits behind what waits for somebody else would wait for ever.
            if (postman.Cut is { } reason) outbox.GiveUp(reason, roomId);
        }
        while (!Rest(roomId));
    }

    /// <summary>Ends the lane, unless it was asked for again since it last began.</summary>
    private bool Rest(Guid roomId)
    {
        lock (gate)
        {
            if (!busy[roomId]) return busy.Remove(roomId);
            busy[roomId] = false;
            return false;
        }
    }

    /// <returns>Whether to go on with the next one.</returns>
    private async Task<bool> TrySendAsync(OutboxItem item)
    {
        try
        {
            await outbox.SettleAsync().ConfigureAwait(false);
            var message = await postman.PostAsync(item).ConfigureAwait(false);
            // In this order: what comes into the room, or was in it before, leaves the outbox.
            outbox.Sent(item);
            postman.Enter(message);
            item.Resolve(message);
        }
        catch (OperationCanceledException) when (item.Gone.IsCancellationRequested)
        {
            // Taken back: it is out of the outbox already.
        }
        catch (ChatException) when (postman.IsOfAnother(item))
        {
            // It is not the next one any more, and whoever waited for it was told.
        }
        catch (Exception e) when (postman.IsForNow(e))
        {
            outbox.GiveUp(e, item.Request.RoomId);
            return false;
        }
        catch (Exception e)
        {
            outbox.Refuse(item, e);
        }
        return true;
    }
}
