using Chat.Contracts;

namespace Chat.Client.Connecting;

/// <summary>Measures how long the server takes to answer, and tells it with the next measurement.</summary>
internal sealed class Pulse(ClientGear gear)
{
    /// <summary>A connection that carries answers within this.</summary>
    private static readonly TimeSpan ProbeLimit = TimeSpan.FromSeconds(2);

    private Link? probed;

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

    /// <summary>Gives the link up unless it answers soon; once at a time.</summary>
    public async Task ProbeAsync(Link link)
    {
        if (Interlocked.Exchange(ref probed, link) == link) return;
        using var limit = new CancellationTokenSource(ProbeLimit, gear.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, link.Lifetime);
        try
        {
            await MeasureAsync(link.Hub(either.Token)).ConfigureAwait(false);
        }
        catch (ChatException e)
        {
            // A refusal is an answer.
            gear.Logger.EndedDuring("a probe", e);
        }
        catch (Exception e)
        {
            if (!link.HasEnded) gear.Logger.Unanswered(e);
            link.Lose(LinkLoss.Unanswered);
        }
        finally
        {
            Interlocked.CompareExchange(ref probed, null, link);
        }
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
        catch (TimeoutException e)
        {
            gear.Logger.Unanswered(e);
            link.Lose(LinkLoss.Unanswered);
        }
        catch (Exception e)
        {
            // The link is about to notice by itself.
            gear.Logger.EndedDuring("a ping", e);
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
