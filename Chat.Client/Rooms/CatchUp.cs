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
    private readonly HashSet<Guid> underway = [];
    private readonly HashSet<Guid> counting = [];

    /// <summary>All of them now. Rooms that the server refuses for the moment are tried again in the background.</summary>
    public Task AllAsync(IEnumerable<Guid> rooms) => Task.WhenAll(rooms.Select(room => BeginAsync(room, TimeSpan.Zero)));

    /// <summary>After the moment in which a missing record may still come by itself.</summary>
    public void Shortly(Guid room) => _ = BeginAsync(room, GapWait);

    /// <summary>At some moment of the next half second.</summary>
    public void Scattered(Guid room) => _ = BeginAsync(room, backoff.Within(Scatter));

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

    // Never throws: nobody waits for most of these.
    private async Task BeginAsync(Guid room, TimeSpan wait, int attempt = 0)
    {
        lock (gate)
            if (!underway.Add(room)) return;
        var again = GapWait;
        try
        {
            if (wait > TimeSpan.Zero) await Task.Delay(wait, gear.Time, link.Lifetime).ConfigureAwait(false);
            if (book.IsBehind(room)) again = await SyncAsync(room, attempt).ConfigureAwait(false);
        }
        catch (Exception e) when (link.HasEnded)
        {
            gear.Logger.EndedDuring("a sync", e);
        }
        catch (Exception e)
        {
            gear.Logger.SyncFailed(room, e);
            again = Again(attempt);
        }
        lock (gate) underway.Remove(room);
        // Only now: whoever fell behind a moment ago relied on this one being under way.
        if (!link.HasEnded && book.IsBehind(room)) _ = BeginAsync(room, again, attempt + 1);
        else if (!link.HasEnded) CountAgain(room);
    }

    /// <returns>How long to wait if the room is still behind.</returns>
    private async Task<TimeSpan> SyncAsync(Guid room, int attempt)
    {
        await places.WaitAsync(link.Lifetime).ConfigureAwait(false);
        try
        {
            var reply = await link.Hub(link.Lifetime).Sync(book.Question(room)).ConfigureAwait(false);
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
        var wait = error.RetryAfterMs is { } ms ? TimeSpan.FromMilliseconds(ms) : Again(attempt);
        gear.Logger.SyncRefused(room, error.Code, wait);
        return wait;
    }

    private TimeSpan Again(int attempt) => GapWait + backoff.Delay(attempt);
}
