using Chat.Client.Rooms;

namespace Chat.Client.Views;

/// <summary>Tells the others that the user is typing: at most every 2 s, as the server takes it; or, once, that it stopped.</summary>
internal sealed class OwnTyping(Guid roomId, RoomGear gear)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    private readonly Lock gate = new();
    private long? toldAt;

    public void Set(bool isTyping)
    {
        lock (gate)
        {
            var isNew = toldAt is not { } at || gear.Gear.Time.GetElapsedTime(at) >= Pause;
            if (isTyping ? !isNew : toldAt is null) return;
            toldAt = isTyping ? gear.Gear.Time.GetTimestamp() : null;
        }
        _ = TellAsync(isTyping);
    }

    /// <summary>The message tells it.</summary>
    public void Sent()
    {
        lock (gate) toldAt = null;
    }

    private async Task TellAsync(bool isTyping)
    {
        try
        {
            await gear.Client!.SendTypingAsync(roomId, isTyping).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            // Worth nothing later.
            gear.Gear.Logger.NotTold("Typing", roomId, e);
        }
    }
}
