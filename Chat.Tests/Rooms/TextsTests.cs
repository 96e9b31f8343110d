using Chat.Contracts;
using Chat.Hub.Rooms;

namespace Chat.Tests.Rooms;

public sealed class TextsTests
{
    private static readonly RoomLimits Limits = new();

    [Theory]
    [InlineData("hello")]
    [InlineData("two\r\nlines\tand a tab")]
    [InlineData("你好 👋🏽 مرحبا")]
    public void Words_in_any_script_are_fine(string text) => Texts.Check(text, Limits).Should().BeNull();

    [Theory]
    [InlineData("")]
    [InlineData(" \n\t ")]
    [InlineData("nul\0")]
    [InlineData("\u001b[31mred")]
    [InlineData("del\u007f")]
    public void What_cannot_be_shown_is_invalid(string text) => Texts.Check(text, Limits)!.Code.Should().Be(ErrorCode.Invalid);

    [Fact]
    public void Half_a_character_is_invalid()
    {
        // Not theory data: xunit passes that on as UTF-8, which cannot hold half a character.
        foreach (var text in (string[])["high alone \ud83d", "low alone \udc4b", "high twice \ud83d\ud83d\udc4b"])
            Texts.Check(text, Limits)!.Code.Should().Be(ErrorCode.Invalid);
    }

    [Fact]
    public void The_limit_counts_bytes_not_characters()
    {
        Texts.Check(new string('a', 16 * 1024), Limits).Should().BeNull();
        Texts.Check(new string('a', 16 * 1024 + 1), Limits)!.Code.Should().Be(ErrorCode.TooLarge);
        Texts.Check(new string('你', 5461), Limits).Should().BeNull();
        Texts.Check(new string('你', 5462), Limits)!.Code.Should().Be(ErrorCode.TooLarge);
    }
}
