using System.Net;
using System.Net.WebSockets;
using Chat.Contracts;

namespace Chat.Client.Connecting;

/// <summary>Decides what follows a failure. It knows neither clock nor network, only how often it failed lately.</summary>
internal sealed class Reconnection(Backoff backoff)
{
    /// <summary>A connection that held this long was a good one. Shorter ones count as failures, or "come back at once" would spin.</summary>
    private static readonly TimeSpan GoodLife = TimeSpan.FromSeconds(2);

    private int failures;
    private int refusals;

    /// <param name="failure">What happened.</param>
    /// <param name="lived">How long the connection had worked; zero if it never did.</param>
    /// <param name="retryAfter">How long a server that refused the connection asked to wait; null when it did not say.</param>
    public NextStep After(Exception failure, TimeSpan lived, TimeSpan? retryAfter = null)
    {
        // What failed before the machine slept says nothing of now.
        if (lived >= GoodLife || failure is LinkEndedException { Loss: LinkLoss.Slept }) (failures, refusals) = (0, 0);
        if (!IsRefused(failure)) refusals = 0;
        var step = IsUnauthenticated(failure) ? AskForToken() : failure switch
        {
            LinkEndedException { Closing: { } closing } => Obey(closing),
            LinkEndedException { Loss: not LinkLoss.None } => Soon(),
            ChatException { Code: ErrorCode.UnsupportedVersion or ErrorCode.Banned } => new(NextStepKind.Stop),
            ChatException { RetryAfter: { } wait } => Named(wait, isSpread: true),
            _ when retryAfter is { } wait => Named(wait, isSpread: true),
            _ => BackOff(),
        };
        if (failures < int.MaxValue) failures++;
        return step;
    }

    /// <summary>The token is asked for once more: it may have run out a moment ago.</summary>
    private NextStep AskForToken() => refusals++ == 0 ? new(NextStepKind.TryAgain) : new(NextStepKind.SignOut);

    private NextStep Obey(Closing closing) => closing.Reconnect switch
    {
        ReconnectAdvice.Never => new(NextStepKind.Stop),
        ReconnectAdvice.AfterSignIn => closing.Code == CloseCode.SignInExpired ? AskForToken() : new(NextStepKind.SignOut),
        _ when closing.RetryAfterMs is { } ms => Named(NamedWait.OfMs(ms), isSpread: failures > 0),
        ReconnectAdvice.Now or ReconnectAdvice.Elsewhere => Soon(),
        _ => BackOff(),
    };

    private NextStep Soon() => failures == 0 ? new(NextStepKind.TryAgain) : BackOff();

    private NextStep BackOff() => new(NextStepKind.TryAgain, backoff.Delay(failures));

    // Many are told the same.
    private NextStep Named(TimeSpan wait, bool isSpread) =>
        new(NextStepKind.TryAgain, NamedWait.Of(wait) + (isSpread ? backoff.Delay(failures) : TimeSpan.Zero), IsOrdered: true);

    /// <summary>Whether a new token may do what the last one did not.</summary>
    public static bool IsRefused(Exception failure) =>
        IsUnauthenticated(failure) || failure is LinkEndedException { Closing.Code: CloseCode.SignInExpired };

    /// <summary>Whether the server, in whatever way, did not take the token.</summary>
    public static bool IsUnauthenticated(Exception? failure) => failure switch
    {
        null => false,
        ChatException { Code: ErrorCode.Unauthenticated } => true,
        HttpRequestException { StatusCode: HttpStatusCode.Unauthorized } => true,
        // Without negotiation the status is told in words only.
        WebSocketException e when e.Message.Contains("'401'", StringComparison.Ordinal) => true,
        AggregateException e => e.InnerExceptions.Any(IsUnauthenticated),
        _ => IsUnauthenticated(failure.InnerException),
    };
}
