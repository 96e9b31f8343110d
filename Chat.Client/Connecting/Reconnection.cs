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
    public NextStep After(Exception failure, TimeSpan lived)
    {
        if (lived >= GoodLife) (failures, refusals) = (0, 0);
        var step = IsUnauthenticated(failure) ? AskForToken() : failure switch
        {
            LinkEndedException { Closing: { } closing } => Obey(closing),
            LinkEndedException { Drained: true } => Soon(),
            ChatException { Code: ErrorCode.UnsupportedVersion or ErrorCode.Banned } => new(NextStepKind.Stop),
            ChatException { RetryAfter: { } wait } => new(NextStepKind.TryAgain, wait),
            _ => BackOff(),
        };
        failures++;
        return step;
    }

    /// <summary>The token is asked for once more: it may have run out a moment ago.</summary>
    private NextStep AskForToken() => refusals++ == 0 ? new(NextStepKind.TryAgain) : new(NextStepKind.SignOut);

    private NextStep Obey(Closing closing) => closing.Reconnect switch
    {
        ReconnectAdvice.Never => new(NextStepKind.Stop),
        ReconnectAdvice.AfterSignIn => closing.Code == CloseCode.SignInExpired ? AskForToken() : new(NextStepKind.SignOut),
        _ when closing.RetryAfterMs is { } ms => new(NextStepKind.TryAgain, TimeSpan.FromMilliseconds(ms)),
        ReconnectAdvice.Now or ReconnectAdvice.Elsewhere => Soon(),
        _ => BackOff(),
    };

    private NextStep Soon() => failures == 0 ? new(NextStepKind.TryAgain) : BackOff();

    private NextStep BackOff() => new(NextStepKind.TryAgain, backoff.Delay(failures));

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
