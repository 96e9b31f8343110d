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
            outbox.Sent(item, await postman.PostAsync(item).ConfigureAwait(false));
        }
        catch (OperationCanceledException) when (item.Ct.IsCancellationRequested)
        {
            // Taken back: it is out of the outbox already.
        }
        catch (Exception e) when (!item.IsAwaited && postman.IsForNow(e))
        {
            outbox.GiveUp(item.Request.RoomId, e);
            return false;
        }
        catch (Exception e)
        {
            outbox.Refuse(item, e);
        }
        return true;
    }
}
