using Chat.Hub.Storage;
using Microsoft.Extensions.Time.Testing;

namespace Chat.Tests.Storage;

public sealed class CommitPaceTests
{
    private readonly FakeTimeProvider clock = new();
    private readonly CommitPace pace;

    public CommitPaceTests() => pace = new CommitPace(clock);

    [Fact]
    public void A_lone_change_and_one_now_and_then_wait_for_nobody()
    {
        Commits(200, every: 20, changes: _ => 1).Should().Be(0);
    }

    [Fact]
    public void Where_commits_follow_each_other_they_wait_for_more_to_share_them()
    {
        Commits(100, every: 1, changes: isGathered => isGathered ? 7 : 1, sleeps: 6);
        Commits(10_000, every: 1, changes: isGathered => isGathered ? 7 : 1, sleeps: 6).Should().BeGreaterThan(8_000, "now and then it is seen what comes by itself");
    }

    [Theory]
    [InlineData(1, 5, 5)]
    [InlineData(3, 3, 6)]
    public void Senders_that_wait_for_each_answer_are_hardly_held_up_however_many_they_are(int every, int byThemselves, int together)
    {
        // Where commits take long, half of them are in one while the others wait for the next.
        Commits(100, every, changes: isGathered => isGathered ? together : byThemselves, sleeps: 6);
        Commits(10_000, every, changes: isGathered => isGathered ? together : byThemselves, sleeps: 6).Should().BeInRange(1, 300, "fewer come where they wait");
    }

    [Fact]
    public void One_who_posts_a_little_now_and_then_after_a_flood_is_hardly_held_up()
    {
        Commits(2_000, every: 1, changes: isGathered => isGathered ? 7 : 1, sleeps: 6).Should().BePositive();
        var waited = 0;
        for (var burst = 0; burst < 20; burst++)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            waited += Commits(150, every: 1, changes: _ => 1, sleeps: 6);
        }
        waited.Should().BeLessThan(20 * 20);
    }

    [Fact]
    public void A_flood_shares_its_commits_without_waiting()
    {
        Commits(100, every: 2, changes: _ => 24);
        Commits(1_000, every: 2, changes: _ => 24).Should().Be(0);
    }

    [Fact]
    public void Who_waits_for_each_answer_gains_nothing_by_it_and_is_hardly_held_up()
    {
        Commits(100, every: 1, changes: _ => 1);
        Commits(10_000, every: 1, changes: _ => 1).Should().BeInRange(1, 300, "it is tried again now and then");
    }

    [Fact]
    public void Commits_that_take_no_time_have_nothing_to_share()
    {
        Commits(1_000, every: 1, changes: _ => 1, time: 0.1).Should().Be(0);
    }

    [Fact]
    public void A_system_that_oversleeps_is_asked_to_wait_only_now_and_then()
    {
        Commits(10_000, every: 1, changes: isGathered => isGathered ? 16 : 1, sleeps: 15).Should().BeInRange(1, 300);
    }

    [Fact]
    public void After_a_rest_a_lone_change_waits_for_nobody_again()
    {
        Commits(1_000, every: 2, changes: isGathered => isGathered ? 3 : 1).Should().BePositive();
        clock.Advance(TimeSpan.FromSeconds(1));
        pace.Gathers(1).Should().BeFalse();
    }

    /// <summary>Makes commits, and counts those that waited.</summary>
    private int Commits(int count, int every, Func<bool, int> changes, double time = 1, int sleeps = 0)
    {
        var waited = 0;
        for (var i = 0; i < count; i++)
        {
            clock.Advance(TimeSpan.FromMilliseconds(every));
            var isGathered = pace.Gathers(1);
            if (isGathered)
            {
                waited++;
                clock.Advance(TimeSpan.FromMilliseconds(sleeps));
            }
            pace.Begin(isGathered);
            pace.Made(changes(isGathered), TimeSpan.FromMilliseconds(time));
        }
        return waited;
    }
}
