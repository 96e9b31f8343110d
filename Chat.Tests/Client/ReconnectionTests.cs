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
    public void Waits_are_as_long_after_ten_thousand_failures()
    {
        for (var i = 0; i < 10_000; i++) reconnection.After(new IOException(), TimeSpan.Zero);
        reconnection.After(new IOException(), TimeSpan.Zero).Wait.TotalSeconds.Should().BeApproximately(30, 0.01);
    }

    [Fact]
    public void Waking_up_is_no_failure_and_what_failed_before_it_counts_no_more()
    {
        for (var i = 0; i < 5; i++) reconnection.After(new IOException(), TimeSpan.Zero);
        reconnection.After(new LinkEndedException(null, LinkLoss.Slept, null), TimeSpan.Zero).Should().Be(new NextStep(NextStepKind.TryAgain));
        reconnection.After(new IOException(), TimeSpan.Zero).Wait.TotalSeconds.Should().BeApproximately(1, 0.01);
    }

    [Fact]
    public void Refusals_of_a_token_count_only_one_after_the_other()
    {
        var refusal = new HttpRequestException("no", null, HttpStatusCode.Unauthorized);
        reconnection.After(refusal, TimeSpan.Zero).Kind.Should().Be(NextStepKind.TryAgain);
        reconnection.After(new IOException(), TimeSpan.Zero).Kind.Should().Be(NextStepKind.TryAgain);
        reconnection.After(refusal, TimeSpan.Zero).Kind.Should().Be(NextStepKind.TryAgain, "hours may lie between the two");
    }

    [Theory]
    [InlineData(long.MaxValue, 300)]
    [InlineData(-5, 0)]
    public void A_time_without_sense_is_brought_within_reason(long ms, int seconds)
    {
        var step = reconnection.After(Closed(CloseCode.TooSlow, ReconnectAdvice.Later, ms), Long);
        step.Should().Be(new NextStep(NextStepKind.TryAgain, TimeSpan.FromSeconds(seconds), IsOrdered: true));
    }

    [Fact]
    public void A_time_of_zero_again_and_again_slows_down()
    {
        reconnection.After(Closed(CloseCode.TooSlow, ReconnectAdvice.Later, 0), Long);
        reconnection.After(Closed(CloseCode.TooSlow, ReconnectAdvice.Later, 0), TimeSpan.Zero).Wait.Should().BePositive();
    }

    [Fact]
    public void A_server_that_refuses_connections_for_a_while_is_not_asked_before()
    {
        var step = reconnection.After(new HttpRequestException("full", null, HttpStatusCode.ServiceUnavailable), TimeSpan.Zero, TimeSpan.FromSeconds(5));
        step.IsOrdered.Should().BeTrue();
        step.Wait.TotalSeconds.Should().BeApproximately(5.5, 0.01, "and not by all at the same moment");
    }

    [Fact]
    public void A_version_that_is_not_spoken_stops_the_client() =>
        reconnection.After(new ChatException(ErrorCode.UnsupportedVersion, "no"), TimeSpan.Zero).Kind.Should().Be(NextStepKind.Stop);

    private static LinkEndedException Closed(CloseCode code, ReconnectAdvice advice, long? retryAfterMs = null) =>
        new(new Closing { Code = code, Reconnect = advice, RetryAfterMs = retryAfterMs, Message = "" }, LinkLoss.None, null);

    private sealed class AlmostOne : Random
    {
        public override double NextDouble() => 0.9999;
    }
}
