using Chat.Contracts;

namespace Chat.Client;

/// <summary>
/// A sign-in that goes on: it is renewed when an access token is asked for and the one at hand is near its end, or was not
/// taken. Give it to <see cref="ChatClientOptions.SignIn"/>. Safe for use by many threads; one process should hold a session
/// at a time, for a refresh token that is used twice ends it. The session itself ends when nobody used it for its time (24 h
/// unless the server is set otherwise); an open connection is a use.
/// </summary>
/// <param name="signIn">Where to renew.</param>
/// <param name="signedIn">A sign-in, just made or kept from before.</param>
/// <param name="keep">Is told each renewed sign-in before it is used, to keep it over restarts; null to keep none.</param>
/// <param name="time">The clock; null for the system's. It may be wrong: after a renewal its error is known.</param>
public sealed class KeptSignIn(ChatSignIn signIn, SignedIn signedIn, Func<SignedIn, CancellationToken, Task>? keep = null, TimeProvider? time = null) : IDisposable
{
    /// <summary>Shorter than this is too short to begin something with; less where a token lives for less than four times that.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(1);

    /// <summary>A renewal that was asked for this long ago may have been lost with its connection, and another one is made beside it.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly Lock gate = new();
    private readonly CancellationTokenSource life = new();
    private readonly TimeProvider time = time ?? TimeProvider.System;
    private volatile SignedIn current = signedIn;
    private volatile string? refused;
    private SignedIn? unkept;
    private Task renewing = Task.CompletedTask;
    private DateTimeOffset renewingSince;
    private TimeSpan ahead;
    private TimeSpan margin = Margin;

    /// <summary>The sign-in as it is now.</summary>
    public SignedIn Current => current;

    /// <summary>A good access token, for requests over HTTP too.</summary>
    /// <param name="ct">Ends waiting; a renewal that has begun goes on, and asking again waits for it.</param>
    /// <exception cref="ChatException"><see cref="ErrorCode.Unauthenticated"/>: the session has ended; sign in anew.</exception>
    /// <exception cref="HttpRequestException">The server cannot be reached, and the token at hand is over.</exception>
    public async Task<string> AccessTokenAsync(CancellationToken ct = default)
    {
        Task renewal;
        bool isUsable;
        lock (gate)
        {
            if (!IsNearEnd(margin)) return current.AccessToken;
            isUsable = !IsNearEnd(TimeSpan.Zero);
            renewal = renewing = Renewal();
        }
        try
        {
            await (isUsable ? renewal.WaitAsync(Patience, time, ct) : renewal.WaitAsync(ct)).ConfigureAwait(false);
        }
        catch (Exception e) when (isUsable && !ct.IsCancellationRequested && e is not ChatException { Code: ErrorCode.Unauthenticated })
        {
            // It is good for a little longer; the next one who asks tries again.
        }
        return current.AccessToken;
    }

    /// <summary>Says that the server did not take an access token, whatever the clock says: the next one is a new one.</summary>
    /// <param name="accessToken">The one that was refused; null for the last one.</param>
    public void Distrust(string? accessToken = null) => refused = accessToken ?? current.AccessToken;

    /// <inheritdoc/>
    public void Dispose() => life.Cancel();

    // Not by the token of whoever asks: an answer that is given up when it is on its way is lost, and a refresh token that
    // comes to the server twice, late, ends the session.
    private Task Renewal()
    {
        var now = time.GetUtcNow();
        if (!renewing.IsCompleted && (now - renewingSince).Duration() < Patience) return renewing;
        renewingSince = now;
        var renewal = Task.Run(() => RenewAsync(current), life.Token);
        // Whoever asked may have left.
        renewal.ContinueWith(failed => _ = failed.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        return renewal;
    }

    private async Task RenewAsync(SignedIn from)
    {
        var next = unkept;
        if (next is null)
        {
            (next, var serverTime) = await signIn.RenewTimedAsync(from.RefreshToken, life.Token).ConfigureAwait(false);
            lock (gate)
            {
                if (current != from) return;
                Learn(next, serverTime);
                unkept = next;
            }
        }
        if (keep is not null) await keep(next, life.Token).ConfigureAwait(false);
        lock (gate)
        {
            if (unkept != next) return;
            (current, unkept) = (next, null);
        }
    }

    // To the second: by that much a token counts as over too early.
    private void Learn(SignedIn next, DateTimeOffset? serverTime)
    {
        if (serverTime is not { } there) return;
        ahead = there - time.GetUtcNow();
        var quarter = (next.ExpiresAt - there) / 4;
        margin = quarter < Margin ? quarter : Margin;
    }

    private bool IsNearEnd(TimeSpan margin) =>
        current.AccessToken == refused || current.ExpiresAt - (time.GetUtcNow() + ahead) <= margin;
}
