using Chat.Contracts;
using Chat.Hub.Delivery;

namespace Chat.Tests.Delivery;

public sealed class RoomFeedTests
{
    private static readonly Guid Room = Guid.NewGuid();

    [Fact]
    public void What_comes_in_order_is_told_at_once_and_never_twice()
    {
        var feed = new RoomFeed(3);
        Versions(feed.Take(At(4))).Should().Equal(4);
        Versions(feed.Take(At(4))).Should().BeEmpty();
        Versions(feed.Take(At(5))).Should().Equal(5);
        feed.Seen.Should().Be(5);
    }

    [Fact]
    public void What_comes_early_waits_for_what_comes_before_it()
    {
        var feed = new RoomFeed(0);
        Versions(feed.Take(At(3))).Should().BeEmpty();
        (feed.Told, feed.Seen).Should().Be((0, 3));
        Versions(feed.Take(At(1))).Should().Equal(1);
        Versions(feed.Take(At(2))).Should().Equal(2, 3);
    }

    [Fact]
    public void The_store_fills_a_gap_with_the_last_version_of_each_record()
    {
        var feed = new RoomFeed(0);
        feed.Take(At(6));
        // Version 2 was a message that was changed again as version 4; 3 and 5 are other records.
        Versions(feed.Fill([At(1), At(3), At(4), At(5)], complete: 5)).Should().Equal(1, 3, 4, 5, 6);
        feed.Told.Should().Be(6);
    }

    [Fact]
    public void A_page_of_the_store_that_is_not_all_leaves_the_rest_missing()
    {
        var feed = new RoomFeed(0);
        feed.Take(At(6));
        Versions(feed.Fill([At(1), At(2)], complete: null)).Should().Equal(1, 2);
        (feed.Told, feed.Seen).Should().Be((2, 6));
    }

    [Fact]
    public void What_is_known_to_exist_and_is_not_here_is_still_to_be_read()
    {
        var feed = new RoomFeed(0);
        feed.See(4);
        Versions(feed.Take(At(1))).Should().Equal(1);
        (feed.Told, feed.Seen).Should().Be((1, 4));
        for (var version = 10; version < 10 + (2 * RoomFeed.MostEarly); version++) feed.Take(At(version)).Should().BeEmpty();
        feed.Seen.Should().Be(9 + (2 * RoomFeed.MostEarly), "what is too much to keep is not forgotten");
    }

    [Fact]
    public void Ten_thousand_random_ways_end_in_the_same_order_without_loss()
    {
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        for (var run = 0; run < 10_000; run++)
        {
            // Records that change again: the store knows only the last version of each.
            var truth = Enumerable.Range(1, random.Next(1, 30)).Select(version => At(version, random.Next(6))).ToList();
            var feed = new RoomFeed(0);
            var told = new List<RoomRecord>();
            var committed = 0;
            var onTheWay = new List<RoomRecord>();
            while (feed.Told < truth.Count)
            {
                if (committed < truth.Count && random.Next(2) is 0)
                {
                    var record = truth[committed++];
                    // Lost, once or twice.
                    for (var copies = random.Next(3); copies > 0; copies--) onTheWay.Add(record);
                }
                else if (onTheWay.Count > 0 && random.Next(4) > 0)
                {
                    var next = random.Next(onTheWay.Count);
                    told.AddRange(feed.Take(onTheWay[next]));
                    onTheWay.RemoveAt(next);
                }
                else if (random.Next(4) is 0)
                {
                    var most = random.Next(1, 8);
                    var changes = Store(truth.Take(committed), feed.Told).Take(most).ToList();
                    told.AddRange(feed.Fill(changes, changes.Count < most ? committed : null));
                }
            }

            told.Select(record => record.Version).Should().BeInAscendingOrder($"seed {seed}, run {run}").And.OnlyHaveUniqueItems();
            foreach (var record in Store(truth, 0)) told.Should().Contain(record, $"seed {seed}, run {run}: it is the last of its record");
        }
    }

    private static IEnumerable<RoomRecord> Store(IEnumerable<RoomRecord> committed, long after) =>
        committed.Cast<Message>().GroupBy(message => message.Seq).Select(versions => versions.MaxBy(message => message.Version)!)
            .Where(message => message.Version > after).OrderBy(message => message.Version);

    private static IEnumerable<long> Versions(IEnumerable<RoomRecord> records) => records.Select(record => record.Version);

    private static Message At(long version) => At(version, (int)version);

    private static Message At(long version, int seq) => new()
    {
        RoomId = Room,
        Version = version,
        Seq = seq,
        Id = Guid.NewGuid(),
        Kind = MessageKind.Text,
        AuthorName = "Ann",
        Text = "",
        CreatedAt = DateTimeOffset.UnixEpoch,
    };
}
