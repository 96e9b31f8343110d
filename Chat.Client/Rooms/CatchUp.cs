using System.Diagnostics.CodeAnalysis;
using Chat.Client.Connecting;
using Chat.Contracts;

namespace Chat.Client.Rooms;

/// <summary>Fetches over one link what rooms miss, a few at a time. It ends with the link: the next one begins by asking anew.</summary>
[SuppressMessage("Design", "CA1001", Justification = "A semaphore without a wait handle has nothing to let go, and late syncs still release it.")]
internal sealed class CatchUp(Link link, RoomBook book, Backoff backoff, ClientGear gear)
{
    /// <summary>A record that overtook another is mostly followed by it at once.</summary>
    private static readonly TimeSpan GapWait = TimeSpan.FromMilliseconds(250);

    /// <summary>Heads are announced to thousands at the same moment.</summary>
    private static readonly TimeSpan Scatter = TimeSpan.FromMilliseconds(500);

    private readonly SemaphoreSlim places = new(4);
    private readonly Lock gate = new();
    // The rooms that are being fetched; each is settled when it is current, or when only another try in the background may help.
    private readonly Dictionary<Guid, TaskCompletionSource> underway = [];
    private readonly HashSet<Guid> counting = [];

    /// <summary>
    /// All of them now; ends when they are current, or the link has ended. A room that fails for another reason than that the
    /// server is busy or its store away is tried again in the background.
    /// </summary>
    public Task AllAsync(IEnumerable<Guid> rooms) => Task.WhenAll(rooms.Select(room => Begin(room, TimeSpan.Zero)));

    /// <summary>After the moment in which a missing record may still come by itself.</summary>
    public void Shortly(Guid room) => Begin(room, GapWait);

    /// <summary>At some moment of the next half second.</summary>
    public void Scattered(Guid room) => Begin(room, backoff.Within(Scatter));

    /// <summary>Has the server count what is unread, where the client is in doubt about it.</summary>
    public void CountAgain(Guid room)
    {
        if (book.Doubt(room) is not null) _ = CountAsync(room);
    }

    private async Task CountAsync(Guid room)
    {
        lock (gate)
            if (!counting.Add(room)) return;
        try
        {
            // What changes meanwhile may bring another doubt.
            for (var wait = TimeSpan.Zero; book.Doubt(room) is { } question; wait = GapWait)
            {
                if (wait > TimeSpan.Zero) await Task.Delay(wait, gear.Time, link.Lifetime).ConfigureAwait(false);
                var reply = await link.Hub(link.Lifetime).MarkRead(question).ConfigureAwait(false);
                if (reply.Result is { } marker && !link.HasEnded) book.Find(room)?.Move(marker);
                // Unavailable or too fast: the doubt stays, and the next change or connection asks again.
                if (reply.Error is not null) return;
            }
        }
        catch (Exception e) when (link.HasEnded)
        {
            gear.Logger.EndedDuring("a count", e);
        }
        catch (Exception e)
        {
            gear.Logger.SyncFailed(room, e);
        }
        finally
        {
            lock (gate) counting.Remove(room);
        }
    }

    private Task Begin(Guid room, TimeSpan wait)
    {
        TaskCompletionSource? settled;
        lock (gate)
        {
            if (underway.TryGetValue(room, out settled)) return settled.Task;
            underway[room] = settled = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
        _ = FetchAsync(room, wait, settled);
        return settled.Task;
    }

    // Never throws: nobody waits for most of these.
    private async Task FetchAsync(Guid room, TimeSpan wait, TaskCompletionSource settled)
    {
        for (var attempt = 0; ; attempt++)
        {
            wait = await TryAsync(room, wait, attempt, settled).ConfigureAwait(false);
            lock (gate)
            {
                // Only now: whoever falls behind while a room is under way relies on that.
                if (!link.HasEnded && book.IsBehind(room)) continue;
                underway.Remove(room);
            }
            settled.TrySetResult();
            if (!link.HasEnded) CountAgain(room);
            return;
        }
    }

    /// <returns>How long to wait if the room is still behind.</returns>
    private async Task<TimeSpan> TryAsync(Guid room, TimeSpan wait, int attempt, TaskCompletionSource settled)
    {
        try
        {
            if (wait > TimeSpan.Zero) await Task.Delay(wait, gear.Time, link.Lifetime).ConfigureAwait(false);
            return book.IsBehind(room) ? await SyncAsync(room, attempt, settled).ConfigureAwait(false) : GapWait;
        }
        catch (Exception e) when (link.HasEnded)
        {
            gear.Logger.EndedDuring("a sync", e);
        }
        catch (Exception e)
        {
            gear.Logger.SyncFailed(room, e);
            settled.TrySetResult();
        }
        return Again(attempt);
    }

    /// <returns>How long to wait if the room is still behind.</returns>
    private async Task<TimeSpan> SyncAsync(Guid room, int attempt, TaskCompletionSource settled)
    {
        await places.WaitAsync(link.Lifetime).ConfigureAwait(false);
        try
        {
            var reply = await link.Hub(link.Lifetime).Sync(book.Question(room)).ConfigureAwait(false);
            if (reply.Error is { Code: not (ErrorCode.Unavailable or ErrorCode.RateLimited) }) settled.TrySetResult();
            if (reply.Error is { } error) return Refused(room, error, attempt);
            if (!link.HasEnded) book.Apply(reply.OrThrow());
            return Again(attempt);
        }
        finally
        {
            places.Release();
        }
    }

    private TimeSpan Refused(Guid room, Error error, int attempt)
    {
        if (error.Code is ErrorCode.NotAMember or ErrorCode.NotFound)
        {
            book.Remove(room, RoomRemoval.Unknown);
            return GapWait;
        }
        var wait = error.RetryAfterMs is { } ms ? NamedWait.OfMs(ms) : Again(attempt);
        gear.Logger.SyncRefused(room, error.Code, wait);
        return wait;
    }

    private TimeSpan Again(int attempt) => GapWait + backoff.Delay(attempt);
}
