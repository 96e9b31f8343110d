using Chat.Contracts;

namespace Chat.Client;

/// <summary>
/// A sign-in that goes on: it is renewed when an access token is asked for and the one at hand is near its end, or was not
/// taken. Give it to <see cref="ChatClientOptions.SignIn"/>. Safe for use by many threads; one process should hold a session
/// at a time, for a refresh token that is used twice ends it.
/// </summary>
/// <param name="signIn">Where to renew.</param>
/// <param name="signedIn">A sign-in, just made or kept from before.</param>
/// <param name="keep">Is told each renewed sign-in before it is used, to keep it over restarts; null to keep none.</param>
/// <param name="time">The clock; null for the system's.</param>
public sealed class KeptSignIn(ChatSignIn signIn, SignedIn signedIn, Func<SignedIn, CancellationToken, Task>? keep = null, TimeProvider? time = null) : IDisposable
{
    /// <summary>Shorter than this is too short to begin something with.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim gate = new(1);
    private readonly TimeProvider time = time ?? TimeProvider.System;
    private volatile SignedIn current = signedIn;
    private volatile string? refused;

    /// <summary>The sign-in as it is now.</summary>
    public SignedIn Current => current;

    /// <summary>A good access token, for requests over HTTP too.</summary>
    /// <param name="ct">Ends waiting; asking again goes on where this was left.</param>
    /// <exception cref="ChatException"><see cref="ErrorCode.Unauthenticated"/>: the session has ended; sign in anew.</exception>
    /// <exception cref="HttpRequestException">The server cannot be reached, and the token at hand is over.</exception>
    public async Task<string> AccessTokenAsync(CancellationToken ct = default)
    {
        await gate.WaitAsync(ct).ConfigureAwait(false);
        try
        {
            if (!IsNearEnd(Margin)) return current.AccessToken;
            try
            {
                // A lost answer costs nothing: asked again at once, the server answers the same.
                var next = await signIn.RenewAsync(current.RefreshToken, ct).ConfigureAwait(false);
                if (keep is not null) await keep(next, ct).ConfigureAwait(false);
                current = next;
            }
            catch (Exception e) when (e is HttpRequestException or ChatException { Code: not ErrorCode.Unauthenticated } && !IsNearEnd(TimeSpan.Zero))
            {
                // It is good for a little longer; the next one who asks tries again.
            }
            return current.AccessToken;
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>Says that the server did not take an access token, whatever the clock says: the next one is a new one.</summary>
    /// <param name="accessToken">The one that was refused; null for the last one.</param>
    public void Distrust(string? accessToken = null) => refused = accessToken ?? current.AccessToken;

    /// <inheritdoc/>
    public void Dispose() => gate.Dispose();

    private bool IsNearEnd(TimeSpan margin) => current.AccessToken == refused || current.ExpiresAt - time.GetUtcNow() <= margin;
}
