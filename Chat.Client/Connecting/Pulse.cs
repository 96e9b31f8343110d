using Chat.Contracts;

namespace Chat.Client.Connecting;

/// <summary>Measures how long the server takes to answer, and tells it with the next measurement.</summary>
internal sealed class Pulse(ClientGear gear)
{
    /// <summary>What was measured last; null before the first.</summary>
    public TimeSpan? RoundTrip { get; private set; }

    public async Task<TimeSpan> MeasureAsync(IChatHub hub)
    {
        var start = gear.Time.GetTimestamp();
        await hub.Ping(new Ping { LastRoundTripMs = RoundTrip?.TotalMilliseconds }).OrThrow().ConfigureAwait(false);
        var measured = gear.Time.GetElapsedTime(start);
        RoundTrip = measured;
        return measured;
    }

    /// <summary>
    /// Measures now and then, until the link ends. One that does not answer in time is ended: over long polling nobody else
    /// notices that answers go into a poll that is not read any more.
    /// </summary>
    public async Task BeatAsync(Link link)
    {
        using var timer = new PeriodicTimer(gear.Options.PingInterval, gear.Time);
        try
        {
            do await MeasureWithinAsync(link).ConfigureAwait(false);
            while (await timer.WaitForNextTickAsync(link.Lifetime).ConfigureAwait(false));
        }
        catch (Exception e)
        {
            gear.Logger.EndedDuring("a ping", e);
            link.End();
        }
    }

    private async Task MeasureWithinAsync(Link link)
    {
        try
        {
            await MeasureAsync(link.Hub(link.Lifetime)).WaitAsync(gear.Options.ServerTimeout, gear.Time, link.Lifetime).ConfigureAwait(false);
        }
        catch (ChatException e)
        {
            // A refusal is an answer.
            gear.Logger.EndedDuring("a ping", e);
        }
    }
}
