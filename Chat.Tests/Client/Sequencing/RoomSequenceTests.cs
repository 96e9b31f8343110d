using Chat.Client.Rooms;
using Chat.Contracts;

namespace Chat.Tests.Client.Sequencing;

public sealed class RoomSequenceTests
{
    private static readonly Guid RoomId = RoomTruth.RoomId;

    private readonly RoomSequence sequence = new();

    public RoomSequenceTests() => sequence.Apply(Reset("a", 1));

    [Fact]
    public void A_record_that_follows_is_released_at_once() =>
        sequence.Accept(Message(2)).Should().ContainSingle().Which.Version.Should().Be(2);

    [Fact]
    public void A_record_above_a_gap_waits_for_the_missing_one()
    {
        sequence.Accept(Message(3)).Should().BeEmpty();
        sequence.IsBehind.Should().BeTrue();

        Versions(sequence.Accept(Message(2))).Should().Equal(2, 3);
        sequence.IsBehind.Should().BeFalse();
    }

    [Fact]
    public void A_record_that_comes_twice_counts_once()
    {
        sequence.Accept(Message(3));
        sequence.Accept(Message(3));
        Versions(sequence.Accept(Message(2))).Should().Equal(2, 3);
        sequence.Accept(Message(2)).Should().BeEmpty();
        sequence.Accept(Message(3)).Should().BeEmpty();
    }

    [Fact]
    public void A_head_above_what_is_known_says_that_something_is_missing()
    {
        sequence.Hear(1).Should().BeFalse();
        sequence.Hear(2).Should().BeTrue();
        sequence.Accept(Message(2));
        sequence.IsBehind.Should().BeFalse();
    }

    [Fact]
    public void A_sync_that_skips_superseded_versions_closes_the_gap_and_releases_what_follows()
    {
        sequence.Accept(Message(4));
        sequence.Accept(Message(6));

        var outcome = sequence.Apply(Some.Sync(RoomId, "a", head: 5, reset: false, [Message(5), Message(2)]));

        outcome.Reset.Should().BeFalse();
        Versions(outcome.News).Should().Equal(2, 5);
        Versions(outcome.Released).Should().Equal(6);
        sequence.Known.Should().Be(6);
    }

    [Fact]
    public void A_late_sync_tells_nothing_that_is_known_already()
    {
        sequence.Accept(Message(2));
        sequence.Accept(Message(3));

        var outcome = sequence.Apply(Some.Sync(RoomId, "a", head: 2, reset: false, [Message(2)]));

        outcome.News.Should().BeEmpty();
        sequence.Known.Should().Be(3);
    }

    [Fact]
    public void A_late_snapshot_of_the_same_epoch_does_not_turn_time_back()
    {
        sequence.Accept(Message(2));
        sequence.Apply(Reset("a", 1)).Should().Be(SyncOutcome.Nothing);
        sequence.Known.Should().Be(2);
    }

    [Fact]
    public void A_snapshot_of_another_epoch_is_taken_though_its_head_is_lower()
    {
        sequence.Accept(Message(2));
        sequence.Accept(Message(9));
        sequence.Apply(Reset("b", 1)).Reset.Should().BeTrue();
        (sequence.Epoch, sequence.Known, sequence.IsBehind).Should().Be(("b", 1, false));
    }

    [Fact]
    public void Before_the_first_snapshot_everything_waits_for_it()
    {
        var fresh = new RoomSequence();
        fresh.IsBehind.Should().BeTrue();
        fresh.Accept(Message(1)).Should().BeEmpty();
        fresh.Accept(Message(2)).Should().BeEmpty();
        Versions(fresh.Apply(Reset("a", 1)).Released).Should().Equal(2);
    }

    [Fact]
    public void What_does_not_fit_above_a_gap_is_missed_and_not_forgotten()
    {
        for (var version = 3; version < 3_000; version++) sequence.Accept(Message(version));
        sequence.Accept(Message(2));
        sequence.IsBehind.Should().BeTrue();
        sequence.Head.Should().Be(2_999);
    }

    private static RoomSync Reset(string epoch, long head) => Some.Sync(RoomId, epoch, head, reset: true, [Some.Room(RoomId, head)]);

    private static Message Message(long version) => Some.Message(RoomId, version);

    private static IEnumerable<long> Versions(IEnumerable<RoomRecord> records) => records.Select(record => record.Version);
}
