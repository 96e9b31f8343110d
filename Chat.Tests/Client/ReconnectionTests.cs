using System.Net;
using Chat.Client;
using Chat.Client.Connecting;
using Chat.Contracts;

namespace Chat.Tests.Client;

public sealed class ReconnectionTests
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(1);

    private readonly Reconnection reconnection = new(new Backoff(TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(30), new AlmostOne()));

    [Fact]
    public void Waits_double_up_to_half_a_minute()
    {
        var waits = Enumerable.Range(0, 9).Select(_ => reconnection.After(new IOException(), TimeSpan.Zero).Wait.TotalSeconds);
        waits.Select(wait => Math.Round(wait, 1)).Should().Equal(0.5, 1, 2, 4, 8, 16, 30, 30, 30);
    }

    [Fact]
    public void A_connection_that_held_begins_the_waits_anew()
    {
        for (var i = 0; i < 5; i++) reconnection.After(new IOException(), TimeSpan.Zero);
        reconnection.After(new IOException(), Long).Wait.TotalSeconds.Should().BeApproximately(0.5, 0.01);
    }

    [Fact]
    public void A_refused_token_is_asked_for_once_more_and_then_the_client_is_signed_out()
    {
        var refusal = new HttpRequestException("no", null, HttpStatusCode.Unauthorized);
        reconnection.After(refusal, TimeSpan.Zero).Should().Be(new NextStep(NextStepKind.TryAgain));
        reconnection.After(refusal, TimeSpan.Zero).Kind.Should().Be(NextStepKind.SignOut);
    }

    [Theory]
    [InlineData(ReconnectAdvice.Never, NextStepKind.Stop)]
    [InlineData(ReconnectAdvice.AfterSignIn, NextStepKind.SignOut)]
    [InlineData(ReconnectAdvice.Now, NextStepKind.TryAgain)]
    [InlineData(ReconnectAdvice.Elsewhere, NextStepKind.TryAgain)]
    [InlineData(ReconnectAdvice.Later, NextStepKind.TryAgain)]
    [InlineData(ReconnectAdvice.Unknown, NextStepKind.TryAgain)]
    internal void The_advice_of_the_server_is_obeyed(ReconnectAdvice advice, NextStepKind step) =>
        reconnection.After(Closed(CloseCode.SessionRevoked, advice), Long).Kind.Should().Be(step);

    [Fact]
    public void A_sign_in_that_ran_out_is_renewed_without_signing_out() =>
        reconnection.After(Closed(CloseCode.SignInExpired, ReconnectAdvice.AfterSignIn), Long).Kind.Should().Be(NextStepKind.TryAgain);

    [Fact]
    public void The_time_the_server_names_is_kept() =>
        reconnection.After(Closed(CloseCode.TooSlow, ReconnectAdvice.Later, 1_500), Long).Wait.Should().Be(TimeSpan.FromSeconds(1.5));

    [Fact]
    public void Coming_back_at_once_again_and_again_slows_down()
    {
        reconnection.After(Closed(CloseCode.Draining, ReconnectAdvice.Now), Long).Wait.Should().Be(TimeSpan.Zero);
        reconnection.After(Closed(CloseCode.Draining, ReconnectAdvice.Now), TimeSpan.Zero).Wait.Should().BePositive();
    }

    [Fact]
    public void A_version_that_is_not_spoken_stops_the_client() =>
        reconnection.After(new ChatException(ErrorCode.UnsupportedVersion, "no"), TimeSpan.Zero).Kind.Should().Be(NextStepKind.Stop);

    private static LinkEndedException Closed(CloseCode code, ReconnectAdvice advice, long? retryAfterMs = null) =>
        new(new Closing { Code = code, Reconnect = advice, RetryAfterMs = retryAfterMs, Message = "" }, false, null);

    private sealed class AlmostOne : Random
    {
        public override double NextDouble() => 0.9999;
    }
}
