using Chat.Contracts;

namespace Chat.Client.Connecting;

/// <summary>Calls to the hub that outlive connections.</summary>
internal sealed class Calls(Line line, TimeProvider time)
{
    /// <summary>How long a failed call waits to see whether its connection failed with it.</summary>
    private static readonly TimeSpan EndGrace = TimeSpan.FromSeconds(1);

    /// <summary>A refusal that passes within this is waited for, a few times: many changes may have waited for the connection.</summary>
    private const int ShortWaitMs = 2_000;
    private const int ShortWaits = 3;

    /// <summary>Fetches what rooms miss; null while there is no connection.</summary>
    public Rooms.CatchUp? CatchUp => line.Current?.CatchUp;

    /// <summary>Whether a call failed with this because the client stopped.</summary>
    public bool WereCutBy(Exception reason) => line.WasCutBy(reason);

    /// <summary>Why calls that wait over signing in are turned away for now; null where they are not.</summary>
    public Exception? Cut => line.CutFor(overSignIn: true);

    /// <summary>Asks as often as it takes to get an answer; a refusal that says that it passes soon is asked again too.</summary>
    /// <param name="call">Must be safe to repeat.</param>
    /// <param name="ct">Ends waiting and repeating.</param>
    /// <param name="overSignIn">Whether to wait also while nobody is signed in.</param>
    public Task<Reply<T>> AskAsync<T>(Func<IChatHub, Task<Reply<T>>> call, CancellationToken ct, bool overSignIn = false) where T : class =>
        AskAsync(call, reply => reply.Error, overSignIn, ct);

    /// <summary>As above, where there is no result.</summary>
    public Task<Reply> AskAsync(Func<IChatHub, Task<Reply>> call, CancellationToken ct) => AskAsync(call, reply => reply.Error, overSignIn: false, ct);

    private async Task<TReply> AskAsync<TReply>(Func<IChatHub, Task<TReply>> call, Func<TReply, Error?> errorOf, bool overSignIn, CancellationToken ct)
    {
        for (var waits = 0; ; waits++)
        {
            var reply = await AnswerAsync(call, overSignIn, ct).ConfigureAwait(false);
            if (waits == ShortWaits || errorOf(reply) is not { Code: ErrorCode.RateLimited or ErrorCode.Unavailable, RetryAfterMs: <= ShortWaitMs and var wait }) return reply;
            await Task.Delay(NamedWait.OfMs(wait), time, ct).ConfigureAwait(false);
        }
    }

    private async Task<TReply> AnswerAsync<TReply>(Func<IChatHub, Task<TReply>> call, bool overSignIn, CancellationToken ct)
    {
        while (true)
        {
            var link = await line.WaitAsync(overSignIn, ct).ConfigureAwait(false);
            // SignalR fails a call only when it has taken leave of the server, which may take a minute where the network is dead.
            using var either = CancellationTokenSource.CreateLinkedTokenSource(link.Lifetime, ct);
            try
            {
                return await call(link.Hub(either.Token)).ConfigureAwait(false);
            }
            catch (Exception e) when (e is not ChatException && !ct.IsCancellationRequested)
            {
                if (!await HasEndedAsync(link, ct).ConfigureAwait(false))
                    throw new ChatException(ErrorCode.Internal, "The server failed on this request: " + e.Message, e);
                if (link.Closing?.Code is CloseCode.FrameTooLarge)
                    throw new ChatException(ErrorCode.TooLarge, link.Closing.Message, e);
                if (link.Closing?.Code is CloseCode.MalformedFrame)
                    throw new ChatException(ErrorCode.Invalid, link.Closing.Message, e);
                line.Down(link);
            }
        }
    }

    /// <summary>Asks once, and only if there is a connection.</summary>
    /// <exception cref="ChatException">With <see cref="ErrorCode.Unavailable"/>: there is none, or it was lost before the answer.</exception>
    public async Task<TReply> AskOnceAsync<TReply>(Func<IChatHub, Task<TReply>> call, CancellationToken ct)
    {
        var link = line.Current ?? throw new ChatException(ErrorCode.Unavailable, "There is no connection.");
        using var either = CancellationTokenSource.CreateLinkedTokenSource(link.Lifetime, ct);
        try
        {
            return await call(link.Hub(either.Token)).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not ChatException && !ct.IsCancellationRequested)
        {
            throw new ChatException(ErrorCode.Unavailable, "No answer came: " + e.Message, e);
        }
    }

    // Calls fail a moment before the link knows that it has ended.
    private async Task<bool> HasEndedAsync(Link link, CancellationToken ct)
    {
        using var limit = new CancellationTokenSource(EndGrace, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, ct);
        await link.Ended.WaitAsync(either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        ct.ThrowIfCancellationRequested();
        return link.HasEnded;
    }
}
