using System.Diagnostics;
using Chat.Bench.Chaos.Clients;
using Chat.Bench.Checking;
using Chat.Client;

namespace Chat.Bench.Chaos;

/// <summary>Looks until everything is as it should be, or until patience ends.</summary>
internal sealed class Settling(IStored stored, Company company)
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(200);

    /// <summary>When nobody begins anything more: until everybody shows what the store has. Answers what is wrong at the end.</summary>
    /// <param name="within">How long that may take.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <param name="connected">Told when everybody is connected.</param>
    public Task<Findings> SeenAsync(TimeSpan within, CancellationToken cancellation, Action? connected = null) => UntilAsync(within, async () =>
    {
        var statuses = await company.StatusAsync(cancellation);
        if (statuses.All(status => status.IsConnected))
        {
            connected?.Invoke();
            connected = null;
        }
        var found = SeenCheck.Run(statuses, stored.ReadHeads());
        return found.Count > 0 ? found : SeenCheck.Run(await company.ReportAsync(cancellation), stored.ReadStore());
    }, cancellation);

    /// <summary>After a fault: until everybody is connected, shows what the store has, and is seen as they are.</summary>
    public async Task<(Settlement Settlement, Findings Found)> SettleAsync(CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        TimeSpan? connected = null;
        var found = await SeenAsync(Patience.Settling, cancellation, () => connected = clock.Elapsed);
        TimeSpan? seen = found.Count is 0 ? clock.Elapsed : null;

        // The later of: the end of the fault, everybody connected.
        var left = Patience.Presence - (clock.Elapsed - (connected ?? clock.Elapsed));
        var presence = await UntilAsync(left, () => PresenceAsync(cancellation), cancellation);
        TimeSpan? present = presence.Count is 0 ? clock.Elapsed : null;
        found.Add(presence);
        return (new Settlement { Connected = connected, Seen = seen, Presence = present }, found);
    }

    private async Task<Findings> PresenceAsync(CancellationToken cancellation)
    {
        var reports = await company.ReportAsync(cancellation);
        return PresenceCheck.Run(reports, stored.ReadStore(), company.Present(reports).ToHashSet());
    }

    private static async Task<Findings> UntilAsync(TimeSpan within, Func<Task<Findings>> look, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            var found = await TryAsync(look);
            if (found.Count is 0 || clock.Elapsed > within) return found;
            await Task.Delay(LookEvery, cancellation);
        }
    }

    // What cannot be asked now is not as it should be.
    private static async Task<Findings> TryAsync(Func<Task<Findings>> look)
    {
        try
        {
            return await look();
        }
        catch (ChatException e)
        {
            var found = new Findings();
            found.Add(Flaw.Away, $"somebody cannot ask who is in a room: {e.Message}");
            return found;
        }
    }
}
