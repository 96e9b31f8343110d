using Chat.Contracts;
using Chat.Hub.Rooms;
using Chat.Hub.Storage;

namespace Chat.Tests.Storage;

public abstract partial class StoreTests
{
    [Fact]
    public async Task Words_are_found_newest_first_whenever_they_were_said_and_page_by_page()
    {
        await fixture.FoundRoom();
        // SQLite learns words by the hundreds: some of these are learned, the last are not.
        for (var n = 0; n < 60; n++) await fixture.PostMany(10);
        await fixture.Post("the needle");

        var found = new List<long>();
        for (long? before = null; ;)
        {
            var page = await Find("message", before, most: 70);
            found.AddRange(page.Select(hit => hit.Message.Seq));
            if (page.Count < 70) break;
            before = page[^1].Place;
        }
        found.Should().HaveCount(600).And.BeInDescendingOrder().And.OnlyHaveUniqueItems();
        (await Find("needle")).Should().ContainSingle();
        (await Find("nothing")).Should().BeEmpty();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(600)]
    public async Task What_a_message_says_now_is_found_and_what_it_said_before_is_not(int later)
    {
        await fixture.FoundRoom();
        await fixture.Post("apples");
        var seq = (await fixture.History()).Messages[^1].Seq;
        await fixture.PostMany(later / 2);
        await fixture.PostMany(later - later / 2);
        await fixture.Post("and on");
        (await Find("apples")).Should().ContainSingle();

        await fixture.Write(new EditText(fixture.Ann, new EditMessage { RoomId = fixture.RoomId, Seq = seq, Text = "pears" }));
        (await Find("apples")).Should().BeEmpty();
        (await Find("pears")).Should().ContainSingle();

        await fixture.Write(new RemoveMessage(fixture.Ann, new MessagePlace { RoomId = fixture.RoomId, Seq = seq }));
        (await Find("pears")).Should().BeEmpty();
        (await fixture.History(before: seq + 1)).Messages.Should().Contain(message => message.Seq == seq, "what was deleted keeps its place");
    }

    private Task<IReadOnlyList<Hit>> Find(string word, long? before = null, int most = 50) => ((IRoomPages)Store).Search(
        fixture.Ann.UserId, new Search(SearchWords.Query(word).Beginnings, null, null, MentionsMe: false, before, most), default);
}
