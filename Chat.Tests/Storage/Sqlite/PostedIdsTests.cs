using Chat.Hub.Storage.Sqlite;

namespace Chat.Tests.Storage.Sqlite;

public sealed class PostedIdsTests
{
    private static readonly DateTimeOffset Start = DateTimeOffset.Parse("2026-01-31T12:00:00Z", null);

    private readonly PostedIds ids = new(Guid.CreateVersion7(Start), Guid.CreateVersion7(Start.AddYears(1)));

    [Fact]
    public void An_id_is_new_where_it_has_a_time_after_the_start_and_was_not_added()
    {
        var late = Guid.CreateVersion7(Start.AddSeconds(1));
        ids.IsNew(late).Should().BeTrue();
        ids.IsNew(Guid.CreateVersion7(Start.AddSeconds(-1))).Should().BeFalse();
        ids.IsNew(Guid.CreateVersion7(Start.AddYears(2))).Should().BeFalse();
        ids.IsNew(Guid.AllBitsSet).Should().BeFalse();
        ids.Add(late);
        ids.IsNew(late).Should().BeFalse();
    }

    [Fact]
    public void Of_many_more_than_it_keeps_none_is_new_again_and_what_comes_then_is()
    {
        var random = new Random(1);
        var added = new List<Guid>();
        for (var i = 0; i < 150_000; i++)
        {
            // Of clocks that differ, and of clients that put no time into theirs.
            var id = i % 3 is 0 ? Guid.NewGuid() : Guid.CreateVersion7(Start.AddMilliseconds(i + random.Next(5_000)));
            ids.Add(id);
            added.Add(id);
        }
        added.Should().NotContain(id => ids.IsNew(id));
        ids.IsNew(Guid.CreateVersion7(Start.AddMilliseconds(155_000))).Should().BeTrue();
    }
}
