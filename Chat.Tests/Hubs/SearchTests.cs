using Chat.Contracts;
using static Chat.Tests.Hubs.Scene;

namespace Chat.Tests.Hubs;

/// <summary>Looking for what was said.</summary>
public sealed class SearchTests
{
    [Theory]
    [InlineData("东京", "我住在东京都")]
    [InlineData("京都", "我住在东京都")]
    [InlineData("都", "我住在东京都")]
    [InlineData("カメ", "新しいカメラを買った")]
    [InlineData("한국", "저는 한국어를 배워요")]
    [InlineData("GRÜß", "Schöne Grüße")]
    [InlineData("cam tea", "Tea with a camera, please")]
    [InlineData("42", "the answer is 42.")]
    public async Task Words_are_found_by_their_beginnings_and_run_together_scripts_anywhere(string sought, string said)
    {
        await using var scene = await With(["Ann", "Bob"]);
        foreach (var text in (string[])["東と京", "京 东", "meat, scam", "Grieß", "something else", "2 4"]) await scene.Say(0, text);
        await scene.Say(0, said);
        foreach (var roomId in (Guid?[])[null, scene.RoomId])
            Result(await scene[1].Hub.Search(new SearchMessages { Text = sought, RoomId = roomId })).Hits.Should().ContainSingle().Which.Message.Text.Should().Be(said);
    }

    [Fact]
    public async Task Characters_that_stand_apart_are_no_hit_however_many_such_messages_there_are()
    {
        await using var scene = await With(["Ann", "Bob"]);
        await scene.Say(0, "東京都に行く");
        for (var i = 0; i < 25; i++) await scene.Say(0, $"東京と京都を見る {i}");
        var page = Result(await scene[1].Hub.Search(new SearchMessages { Text = "東京都", Limit = 3 }));
        page.Hits.Should().ContainSingle().Which.Message.Text.Should().Be("東京都に行く");
        page.Next.Should().BeNull();
    }

    [Fact]
    public async Task Hits_come_newest_first_with_what_stands_around_them_and_page_through()
    {
        await using var scene = await With(["Ann", "Bob"]);
        for (var i = 0; i < 45; i++) await scene.Say(i % 2, i % 3 is 0 ? $"apple {i}" : $"pear {i}");
        var found = new List<string>();
        string? after = null;
        do
        {
            var page = Result(await scene[0].Hub.Search(new SearchMessages { Text = "APP", Limit = 4, After = after }));
            page.Hits.Should().HaveCountLessThanOrEqualTo(4);
            foreach (var hit in page.Hits)
            {
                found.Add(hit.Message.Text);
                hit.Before!.Seq.Should().Be(hit.Message.Seq - 1);
                if (hit.Message.Text != "apple 44") hit.After!.Text.Should().Be($"pear {int.Parse(hit.Message.Text[6..], null) + 1}");
            }
            after = page.Next;
        }
        while (after is not null);
        found.Should().Equal(Enumerable.Range(0, 15).Select(i => $"apple {42 - (3 * i)}"));
        var bobs = Result(await scene[0].Hub.Search(new SearchMessages { Text = "apple", AuthorId = scene[1].User.Id, Limit = 50 }));
        bobs.Hits.Should().OnlyContain(hit => hit.Message.AuthorId == scene[1].User.Id).And.HaveCount(7);
    }

    [Fact]
    public async Task Nobody_finds_what_is_in_rooms_of_others()
    {
        await using var scene = await With(["Ann", "Bob"]);
        var hidden = Guid.NewGuid();
        Result(await scene[0].Hub.CreateRoom(new CreateRoom { RoomId = hidden, Name = "hidden", Kind = RoomKind.Private }));
        await scene[0].Send(hidden, "needle");
        Result(await scene[0].Hub.Search(new SearchMessages { Text = "needle" })).Hits.Should().ContainSingle();
        Result(await scene[1].Hub.Search(new SearchMessages { Text = "needle" })).Hits.Should().BeEmpty();
        Result(await scene[1].Hub.Search(new SearchMessages { Text = "needle", RoomId = hidden })).Hits.Should().BeEmpty();
    }

    [Fact]
    public async Task A_question_without_a_word_in_it_is_refused()
    {
        await using var scene = await With(["Ann"]);
        foreach (var text in (string[])["", "  ", "?!", "👍", new string('x', 201)])
            Code(await scene[0].Hub.Search(new SearchMessages { Text = text })).Should().Be(ErrorCode.Invalid, text);
        Code(await scene[0].Hub.Search(new SearchMessages { Text = "x", After = "-1 or 1" })).Should().Be(ErrorCode.Invalid);
        foreach (var text in (string[])["a' or 1=1 --", "\"*", "AND OR NOT", "words:x", "x NEAR y", "x) | (y"])
            Result(await scene[0].Hub.Search(new SearchMessages { Text = text + " zebra" })).Hits.Should().BeEmpty(text);
    }
}
