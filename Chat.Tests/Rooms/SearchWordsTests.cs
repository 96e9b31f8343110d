using Chat.Hub.Rooms;
using Chat.Tests.Client;

namespace Chat.Tests.Rooms;

public sealed class SearchWordsTests
{
    private static readonly string Long = new('L', 41);

    [Theory]
    [InlineData("")]
    [InlineData("Hello, World! hello")]
    [InlineData("  2 be || !2be_or-not\t\u007f ")]
    [InlineData("x")]
    public void Plain_text_has_the_words_that_the_long_way_finds(string text) => Same(text + " " + Long + " " + Long[1..]);

    [Fact]
    public void So_has_any_plain_text()
    {
        var random = new Random(1);
        for (var i = 0; i < 2_000; i++) Same(new string([.. Enumerable.Range(0, random.Next(120)).Select(_ => (char)random.Next(128))]));
    }

    private static void Same(string text) =>
        SearchWords.Of(Some.Message(Guid.NewGuid(), 1) with { Text = text }).Should().BeEquivalentTo(SearchWords.Runs(text).SelectMany(run => run.Terms()).Select(SearchWords.Written).Distinct());
}
