using Chat.Client;
using Chat.Client.Connecting;
using Chat.Tests.Running;

namespace Chat.Tests.Client;

public sealed class WatchmanTests
{
    private readonly SleepyClock clock = new();

    [Fact]
    public async Task A_busy_machine_is_a_little_late_and_a_clock_that_is_set_back_is_nothing()
    {
        (int Seconds, int Doubts, int Sleeps)[] absences = [(3, 0, 0), (8, 1, 0), (32, 0, 1), (-3600, 0, 0)];
        var seen = await Task.WhenAll(absences.Select(absence => Absent(TimeSpan.FromSeconds(absence.Seconds))));
        seen.Should().Equal(absences.Select(absence => (absence.Doubts, absence.Sleeps)));
    }

    [Fact]
    public async Task What_throws_when_it_is_told_ends_the_watch_and_nothing_else()
    {
        using var end = new CancellationTokenSource();
        var options = new ChatClientOptions { Server = new Uri("http://localhost"), TimeProvider = clock, WatchesNetwork = false };
        var watching = new Watchman(new ClientGear(options)).WatchAsync(_ => throw new AggregateException(), () => { }, () => { }, end.Token);
        clock.Sleep(TimeSpan.FromHours(1));
        await watching.WaitAsync(TimeSpan.FromSeconds(5));
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public async Task Who_asked_for_a_wait_decides_who_ends_it(bool isOrdered, bool isAsked)
    {
        var lull = new Lull(clock);
        var waiting = lull.WaitAsync(new NextStep(NextStepKind.TryAgain, TimeSpan.FromHours(1), isOrdered), default);
        if (isOrdered) lull.Hurry(evenOrdered: false);
        if (isOrdered) waiting.IsCompleted.Should().BeFalse("the server named it, and the network has nothing to say");
        lull.Hurry(isAsked);
        await waiting.WaitAsync(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task Who_is_in_a_hurry_during_a_try_need_not_wait_after_it()
    {
        var lull = new Lull(clock);
        var step = new NextStep(NextStepKind.TryAgain, TimeSpan.FromHours(1));
        lull.Hurry(evenOrdered: false);
        await lull.WaitAsync(step, default).WaitAsync(TimeSpan.FromSeconds(5));
        lull.WaitAsync(step, default).IsCompleted.Should().BeFalse("that holds once");
        lull.Hurry(evenOrdered: false);
    }

    private static async Task<(int Doubts, int Sleeps)> Absent(TimeSpan time)
    {
        var own = new SleepyClock();
        var (doubts, sleeps, looks) = (0, 0, 0);
        using var end = new CancellationTokenSource();
        var options = new ChatClientOptions { Server = new Uri("http://localhost"), TimeProvider = own, WatchesNetwork = false };
        var watching = new Watchman(new ClientGear(options)).WatchAsync(_ => sleeps++, () => doubts++, () => looks++, end.Token);
        own.Sleep(time);
        await Waiting.Until(() => Task.FromResult(looks is 2));
        await end.CancelAsync();
        await watching;
        return (doubts, sleeps);
    }
}
