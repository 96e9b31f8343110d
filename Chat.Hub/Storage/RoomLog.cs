using System.Threading.Channels;
using Chat.Contracts;
using Chat.Contracts.Wire;
using Chat.Hub.Delivery;
using Chat.Hub.Operations;
using Chat.Hub.Rooms;
using Microsoft.Extensions.Options;

namespace Chat.Hub.Storage;

/// <summary>
/// The one way into a room. Changes wait in a bounded queue; one loop takes all that wait into a commit (group commit: a
/// disk flush is shared, and a lone change waits for nobody), answers after the commit, and hands the records to the
/// announcer in the order of their versions.
/// </summary>
internal sealed partial class RoomLog : BackgroundService
{
    private const int MostPerCommit = 500;
    private const int MostTogether = 64;
    private static readonly TimeSpan RetryAfterFull = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan WriteOut = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan RetryAfterAway = TimeSpan.FromSeconds(2);

    private readonly IRoomStore store;
    private readonly Announcer announcer;
    private readonly RoomLimits limits;
    private readonly ChatMetrics metrics;
    private readonly ChatClock time;
    private readonly TimeProvider clock;
    private readonly ILogger<RoomLog> logger;
    private readonly Channel<PendingChange> waiting;
    private readonly HeldRooms held;
    private readonly CommitPace pace;

    public RoomLog(
        IRoomStore store, Announcer announcer, IOptions<RoomLimits> limits, IOptions<LogOptions> options,
        ChatMetrics metrics, ChatClock time, TimeProvider clock, ILogger<RoomLog> logger)
    {
        (this.store, this.announcer, this.limits, this.metrics, this.time, this.clock, this.logger) = (store, announcer, limits.Value, metrics, time, clock, logger);
        waiting = Channel.CreateBounded<PendingChange>(new BoundedChannelOptions(options.Value.WaitingChanges) { SingleReader = true });
        held = new HeldRooms(TryCommit, clock);
        pace = new CommitPace(clock);
    }

    /// <summary>Changes that wait for the writer.</summary>
    public int Waiting => waiting.Reader.Count;

    /// <summary>Whether the last commit succeeded.</summary>
    public bool IsHealthy { get; private set; } = true;

    /// <summary>
    /// Makes a change: the records it took (or that a repeat found), after they are on disk. A change of membership is
    /// answered only after this node's connections were attached or detached.
    /// </summary>
    /// <param name="change">What.</param>
    /// <param name="cancellation">Until it is accepted.</param>
    /// <param name="line">Of the connection that gets the answer.</param>
    /// <exception cref="OperationCanceledException">Cancelled before it was accepted; afterwards it is not cancelled any more.</exception>
    public async Task<Reply<Written>> Write(RoomChange change, CancellationToken cancellation, DirectLine? line = null)
    {
        var reply = await Accept(change, line, cancellation);
        metrics.Changed(reply.Error is { Code: var code } ? WireEnum<ErrorCode>.ToWire(code) : "done");
        return reply;
    }

    private async Task<Reply<Written>> Accept(RoomChange change, DirectLine? line, CancellationToken cancellation)
    {
        if (change.Check(limits) is { } mistake) return mistake;
        cancellation.ThrowIfCancellationRequested();

        var pending = new PendingChange(change, line);
        if (!waiting.Writer.TryWrite(pending)) return Refusal.Unavailable(RetryAfterFull);

        try
        {
            var reply = await pending.Answer;
            if (pending.Told is { } told) await told;
            return reply;
        }
        finally
        {
            pending.EndAnswer();
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        // What is waiting was accepted: it is written before the process ends.
        waiting.Writer.TryComplete();
        // The host's patience may be over already, because connections took all of it; writing takes milliseconds.
        if (ExecuteTask is { } loop) await loop.WaitAsync(WriteOut, clock, CancellationToken.None);
        await base.StopAsync(cancellationToken);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.Run(Loop, CancellationToken.None);

    private async Task Loop()
    {
        var batch = new List<PendingChange>(MostPerCommit);
        while (await waiting.Reader.WaitToReadAsync())
        {
            var isGathered = pace.Gathers(waiting.Reader.Count);
            if (isGathered) await Task.Delay(CommitPace.Gathering);
            var began = pace.Begin(isGathered);
            while (batch.Count < MostPerCommit && waiting.Reader.TryRead(out var pending))
            {
                if (!held.Takes(pending)) batch.Add(pending);
            }
            if (batch.Count > 0) await Commit(batch);
            pace.Made(batch.Count, clock.GetElapsedTime(began));
            batch.Clear();
        }
        await held.Ended();
    }

    private async Task Commit(List<PendingChange> batch)
    {
        if (await TryCommit(batch)) return;
        // One room is held elsewhere: the others go on without it, and its changes wait aside.
        var rooms = batch.GroupBy(pending => pending.Change.RoomId, (_, changes) => changes.ToList()).ToList();
        if (rooms.Count is 1) held.Hold(rooms[0]);
        else await Task.WhenAll(rooms.Select(Commit));
    }

    /// <summary>Commits and answers; false, and nothing done, when another node holds a room for too long.</summary>
    private async Task<bool> TryCommit(List<PendingChange> batch)
    {
        try
        {
            var began = clock.GetTimestamp();
            await store.Commit(NeedsOf(batch), ledger => Decide(batch, ledger));
            metrics.CommitTime.Record(clock.GetElapsedTime(began).TotalSeconds);
            metrics.CommitSize.Record(batch.Count);
        }
        catch (StoreUnavailableException e)
        {
            IsHealthy = false;
            LogUnavailable(e, batch.Count);
            foreach (var pending in batch) pending.Refuse(Refusal.Unavailable(RetryAfterAway));
            return true;
        }
        catch (RoomsLockedException e)
        {
            LogHeld(e, batch.Count);
            return false;
        }
        catch (Exception e) when (batch.Count > 1)
        {
            // One of them breaks the commit of all: each is tried alone, so that only that one fails.
            LogSplit(e, batch.Count);
            foreach (var pending in batch) await Commit([pending]);
            return true;
        }
        catch (Exception e)
        {
            batch[0].Fail(e);
            return true;
        }

        IsHealthy = true;
        foreach (var pending in batch) pending.BeginAnswer();
        foreach (var changes in batch.GroupBy(pending => pending.Change.RoomId)) await Announce([.. changes]);
        // Behind the lanes, which were woken by now: who hears of his own message gets it together with the answer, in one send.
        ThreadPool.UnsafeQueueUserWorkItem(Complete, batch.ToArray(), preferLocal: false);
        return true;
    }

    private static void Complete(PendingChange[] batch)
    {
        foreach (var pending in batch) pending.Complete();
    }

    // The messages of a commit go out together: to the other nodes at once, and to connections in one write.
    private async Task Announce(List<PendingChange> ofRoom)
    {
        try
        {
            List<RoomRecord> together = [];
            foreach (var pending in ofRoom)
            {
                // Whoever comes or goes waits until this node is done with it.
                var isAwaited = pending.NewRecords.Any(record => record is Member);
                if (isAwaited || together.Count >= MostTogether)
                {
                    await announcer.Announce(together);
                    together = [];
                }
                if (isAwaited) pending.Told = await announcer.Announce(pending.NewRecords);
                else together.AddRange(pending.NewRecords);
            }
            await announcer.Announce(together);
        }
        catch (Exception e)
        {
            // It is written: whoever missed it learns of it with the room's next change, or by a sync.
            LogNotAnnounced(e, ofRoom.Count);
        }
    }

    private static Needs NeedsOf(List<PendingChange> batch)
    {
        var needs = new Needs();
        foreach (var pending in batch) pending.Change.Tell(needs);
        return needs;
    }

    private void Decide(List<PendingChange> batch, Ledger ledger)
    {
        var now = time.Stored;
        ledger.Now = now;
        foreach (var pending in batch) pending.Decide(ledger, now);
    }

    [LoggerMessage(1, LogLevel.Error, "The store is unavailable; {Count} changes were refused.")]
    private partial void LogUnavailable(Exception exception, int count);

    [LoggerMessage(3, LogLevel.Warning, "A room of {Count} changes is held by another node for too long; other rooms go on without it.")]
    private partial void LogHeld(Exception exception, int count);

    [LoggerMessage(4, LogLevel.Error, "{Count} changes were stored but not told.")]
    private partial void LogNotAnnounced(Exception exception, int count);

    [LoggerMessage(2, LogLevel.Warning, "A commit of {Count} changes failed; each is tried alone.")]
    private partial void LogSplit(Exception exception, int count);
}

/// <summary>The records that answer a change, by version.</summary>
internal sealed record Written(IReadOnlyList<RoomRecord> Records);
