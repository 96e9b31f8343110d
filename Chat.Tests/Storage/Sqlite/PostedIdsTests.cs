using Chat.Hub.Storage.Sqlite;

namespace Chat.Tests.Storage.Sqlite;

public sealed class PostedIdsTests
{
    private static readonly DateTimeOffset Start = DateTimeOffset.Parse("2026-01-31T12:00:00Z", null);

    [Fact]
    public void An_id_is_new_where_it_is_above_all_that_are_unknown_and_was_not_added()
    {
        var floor = Guid.CreateVersion7(Start);
        var ids = new PostedIds(floor);
        var above = Guid.CreateVersion7(Start.AddSeconds(1));
        ids.IsNew(above).Should().BeTrue();
        ids.IsNew(floor).Should().BeFalse();
        ids.IsNew(Guid.CreateVersion7(Start.AddSeconds(-1))).Should().BeFalse();
        ids.Add(above);
        ids.IsNew(above).Should().BeFalse();
    }

    [Fact]
    public void Of_many_more_than_it_keeps_none_is_new_again()
    {
        var random = new Random(1);
        var ids = new PostedIds(Guid.Empty);
        var added = new List<Guid>();
        for (var i = 0; i < 150_000; i++)
        {
            // Of clocks that differ, and of clients that put no time into theirs.
            var id = i % 7 is 0 ? Guid.NewGuid() : Guid.CreateVersion7(Start.AddMilliseconds(i + random.Next(5_000)));
            ids.Add(id);
            added.Add(id);
        }
        added.Should().NotContain(id => ids.IsNew(id));
    }

    [Fact]
    public void New_ones_are_still_told_apart_after_many()
    {
        var ids = new PostedIds(Guid.Empty);
        for (var i = 0; i < 150_000; i++) ids.Add(Guid.CreateVersion7(Start.AddMilliseconds(i)));
        ids.IsNew(Guid.CreateVersion7(Start.AddMilliseconds(150_000))).Should().BeTrue();
    }
}
