using Chat.Client.Rooms;

namespace Chat.Client.Views;

/// <summary>Tells the server how far the user has read: one call at a time, and only the last place counts.</summary>
internal sealed class OwnReading(ChatRoom room, RoomGear gear)
{
    private readonly Lock gate = new();
    private long wanted;
    private bool isTelling;

    public void Mark()
    {
        if (room.Messages is not [.., { Seq: var seq }] || seq <= room.ReadSeq) return;
        lock (gate)
        {
            wanted = seq;
            if (isTelling) return;
            isTelling = true;
        }
        _ = TellAsync();
    }

    private async Task TellAsync()
    {
        for (long? told = null; ;)
        {
            long seq;
            lock (gate)
            {
                isTelling = wanted != told;
                if (!isTelling) return;
                seq = wanted;
            }
            try
            {
                await gear.Client!.MarkReadAsync(room.Id, seq).ConfigureAwait(false);
                told = seq;
            }
            catch (Exception e)
            {
                // The next mark, or the next start, tells it.
                gear.Gear.Logger.NotTold("Reading", room.Id, e);
                lock (gate) isTelling = false;
                return;
            }
        }
    }
}
