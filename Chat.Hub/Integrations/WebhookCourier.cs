using System.Collections.Concurrent;
using Chat.Contracts;
using Chat.Hub.Nodes;
using Chat.Hub.Operations;
using Chat.Hub.Storage;

namespace Chat.Hub.Integrations;

/// <summary>
/// Takes webhooks that have something to tell, each on one node at a time by a lease in the store, and lets a round deliver
/// each. A node that dies is followed by another when its leases have run out.
/// </summary>
internal sealed partial class WebhookCourier(
    IWebhookStore store, WebhookRound round, NodeIdentity self, ChatClock time, TimeProvider clock, ILogger<WebhookCourier> logger) : BackgroundService
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<Guid, Work> working = [];
    private readonly SemaphoreSlim wake = new(0);
    private readonly ConcurrentQueue<Guid> wanted = [];

    /// <summary>These have something to tell.</summary>
    public void Wake(IReadOnlyCollection<Guid> webhooks)
    {
        foreach (var id in webhooks) wanted.Enqueue(id);
        if (wake.CurrentCount is 0) wake.Release();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        store.EventsWritten = Wake;
        // What was begun is ended by the stop of the node, and left to the next.
        using var timer = clock.CreateTimer(_ => Wake([]), null, LookEvery, LookEvery);
        var lookedAt = clock.GetTimestamp() - clock.TimestampFrequency * 60;
        try
        {
            while (true)
            {
                var isLookDue = clock.GetElapsedTime(lookedAt) >= LookEvery;
                if (isLookDue) lookedAt = clock.GetTimestamp();
                if (!await Guarded(() => Look(isLookDue, stoppingToken))) lookedAt = clock.GetTimestamp();
                await wake.WaitAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            await Task.WhenAll(working.Values.Select(work => work.Ended));
        }
    }

    private async Task Look(bool isLookDue, CancellationToken stopping)
    {
        HashSet<Guid> named = [];
        while (wanted.TryDequeue(out var id)) named.Add(id);
        if (isLookDue) await Renew(stopping);
        foreach (var id in named) working.GetValueOrDefault(id)?.AskMore();
        named.RemoveWhere(working.ContainsKey);
        if (named.Count is 0 && !isLookDue) return;
        var taken = await store.LeaseWebhooks(self.Id, isLookDue ? null : named, time.Now, time.Now + Lease, stopping);
        foreach (var webhook in taken) Begin(webhook, stopping);
    }

    private void Begin(OutgoingWebhook webhook, CancellationToken stopping)
    {
        var work = new Work(stopping);
        if (!working.TryAdd(webhook.Id, work))
        {
            work.Dispose();
            return;
        }
        work.Ended = Task.Run(() => Carry(webhook, work), CancellationToken.None);
    }

    private async Task Carry(OutgoingWebhook webhook, Work work)
    {
        try
        {
            await Guarded(async () =>
            {
                while (work.TakeMore() && await round.Deliver(self.Id, webhook, work.Cancellation))
                {
                }
            });
            await Guarded(() => store.EndLease(self.Id, webhook.Id, CancellationToken.None));
        }
        finally
        {
            working.TryRemove(webhook.Id, out _);
            // Told between the last look and here: the next look must not wait for the timer.
            if (work.TakeMore() && !work.Cancellation.IsCancellationRequested) Wake([webhook.Id]);
            work.Dispose();
        }
    }

    private async Task Renew(CancellationToken stopping)
    {
        if (working.IsEmpty) return;
        var kept = await store.RenewLeases(self.Id, [.. working.Keys], time.Now + Lease, stopping);
        foreach (var (id, work) in working)
        {
            // Deleted, parked or taken by another node while this one was away.
            if (!kept.Contains(id)) work.Cancel();
        }
    }

    private async Task<bool> Guarded(Func<Task> act)
    {
        try
        {
            await act();
            return true;
        }
        catch (StoreUnavailableException e)
        {
            LogAway(e);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogBroken(e);
        }
        catch (OperationCanceledException)
        {
            // The node stops, or the lease is another's.
        }
        return false;
    }

    [LoggerMessage(145, LogLevel.Warning, "Outgoing webhooks wait for the store, which is away.")]
    private partial void LogAway(Exception exception);

    [LoggerMessage(146, LogLevel.Error, "Outgoing webhooks could not be served; they are tried again.")]
    private partial void LogBroken(Exception exception);

    private sealed class Work : IDisposable
    {
        // Not disposed: it holds nothing of its own, and whoever renews leases may cancel work that ends at this moment.
        private readonly CancellationTokenSource ending = new();
        private readonly CancellationTokenRegistration atStop;
        private int isMore = 1;

        public Work(CancellationToken stopping) => atStop = stopping.UnsafeRegister(static ending => ((CancellationTokenSource)ending!).Cancel(), ending);

        public CancellationToken Cancellation => ending.Token;

        public Task Ended { get; set; } = Task.CompletedTask;

        public void AskMore() => Volatile.Write(ref isMore, 1);

        public bool TakeMore() => Interlocked.Exchange(ref isMore, 0) is 1;

        public void Cancel() => ending.Cancel();

        public void Dispose() => atStop.Dispose();
    }
}
