using Chat.Client.Rooms;
using Chat.Contracts;

namespace Chat.Client.Connecting;

/// <summary>The first words on a link: who is there, what is known, what was missed.</summary>
internal sealed class Greeting(ClientGear gear, RoomBook book, Pulse pulse)
{
    public Pulse Pulse { get; } = pulse;

    /// <summary>The limits of the server; null before the first connection.</summary>
    public ServerLimits? Limits { get; private set; }

    /// <summary>The session; null before the first connection.</summary>
    public Guid? SessionId { get; private set; }

    /// <summary>How the user wants to be seen. It belongs to the connection, so each new one is told; null for not said.</summary>
    public PresenceStatus? Presence { get; set; }

    /// <returns>The rooms to fetch by sync.</returns>
    public async Task<IReadOnlyList<Guid>> ExchangeAsync(Link link, CancellationToken ct)
    {
        using var limit = new CancellationTokenSource(gear.Options.ServerTimeout, gear.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, link.Lifetime, ct);
        try
        {
            return await ExchangeWithinAsync(link, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (limit.IsCancellationRequested)
        {
            throw new TimeoutException($"The server did not answer within {gear.Options.ServerTimeout}.", e);
        }
    }

    private async Task<IReadOnlyList<Guid>> ExchangeWithinAsync(Link link, CancellationToken ct)
    {
        book.Expect();
        await link.StartAsync(ct).ConfigureAwait(false);
        var connected = await link.Hub(ct).Connect(new Connect
        {
            ContractVersion = ChatContract.Version,
            Client = gear.Options.ClientName,
            Epoch = book.Epoch,
            Known = book.Known(Connect.MostKnown),
        }).OrThrow().ConfigureAwait(false);

        (Limits, SessionId) = (connected.Limits, connected.SessionId);
        link.FrameBytes = connected.Limits.FrameBytes;
        var behind = book.Apply(connected);
        gear.Logger.Attached(connected.User.Id, behind.Count, connected.Rooms.Count);
        if (Presence is { } status) await SetAgainAsync(link.Hub(ct), status).ConfigureAwait(false);
        return behind;
    }

    private async Task SetAgainAsync(IChatHub hub, PresenceStatus status)
    {
        try
        {
            await hub.SetPresence(new SetPresence { Status = status }).OrThrow().ConfigureAwait(false);
        }
        catch (ChatException e)
        {
            gear.Logger.PresenceRefused(e);
        }
    }
}
