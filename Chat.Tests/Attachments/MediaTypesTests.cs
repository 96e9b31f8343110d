using System.Text;
using Chat.Hub.Attachments;

namespace Chat.Tests.Attachments;

public sealed class MediaTypesTests
{
    [Theory]
    [InlineData("89504E470D0A1A0A0000", "image/png")]
    [InlineData("FFD8FFE000104A46", "image/jpeg")]
    [InlineData("474946383761", "image/gif")]
    [InlineData("52494646000000005745425056503820", "image/webp")]
    [InlineData("424D3600000000000000360000002800", "application/octet-stream")]
    [InlineData("0000001C66747970617669660000", "image/avif")]
    [InlineData("0000001C66747970686569630000", "image/heic")]
    [InlineData("0000001C6674797069736F6D0000", "video/mp4")]
    [InlineData("0000001C667479704D3441200000", "audio/mp4")]
    [InlineData("0000001C66747970717420200000", "video/quicktime")]
    [InlineData("1A45DFA39F4286810142F7810142F2810442F381084282847765626D", "video/webm")]
    [InlineData("1A45DFA39F4286810142F7810142F2810442F381084282886D6174726F736B61", "video/x-matroska")]
    [InlineData("49443303000000", "audio/mpeg")]
    [InlineData("FFFB9064", "audio/mpeg")]
    [InlineData("FFFE680069", "application/octet-stream")]
    [InlineData("4F67675300", "audio/ogg")]
    [InlineData("664C614300", "audio/flac")]
    [InlineData("524946460000000057415645666D7420", "audio/wav")]
    [InlineData("255044462D312E37", "application/pdf")]
    [InlineData("504B03041400", "application/zip")]
    [InlineData("504B0506000000000000", "application/zip")]
    [InlineData("7F454C460201", "application/octet-stream")]
    [InlineData("68690068", "application/octet-stream")]
    [InlineData("68E9", "application/octet-stream")]
    [InlineData("", "text/plain")]
    public void A_file_is_what_its_first_bytes_say(string hex, string type) =>
        MediaTypes.Of(Convert.FromHexString(hex), isWhole: true).Should().Be(type);

    [Theory]
    [InlineData("just words\r\n\tand more", "text/plain")]
    [InlineData("1 < 2 and 3 > 2", "text/plain")]
    [InlineData("a <b>bold</b> word", "text/plain")]
    [InlineData("<?xml version='1.0'?><svg/>", "application/octet-stream")]
    [InlineData("x\n<ScRiPt>", "application/octet-stream")]
    public void Text_is_text_and_markup_is_not(string text, string type) => MediaTypes.Of(Encoding.UTF8.GetBytes(text), isWhole: true).Should().Be(type);

    [Fact]
    public void A_head_that_ends_within_a_character_is_text_all_the_same()
    {
        foreach (var text in (string[])["é", "你", "👋"])
        {
            var bytes = Encoding.UTF8.GetBytes("ok " + text);
            for (var length = 3; length <= bytes.Length; length++) MediaTypes.Of(bytes.AsSpan(0, length), isWhole: false).Should().Be("text/plain");
        }
        MediaTypes.Of([.. "ok "u8, 0x80], isWhole: false).Should().Be("application/octet-stream");
    }

    [Theory]
    [InlineData("word/document.xml", "application/vnd.openxmlformats-officedocument.wordprocessingml.document")]
    [InlineData("xl/workbook.xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")]
    [InlineData("other/thing", "application/zip")]
    public void Office_is_known_by_its_parts(string part, string type) =>
        MediaTypes.Of([.. "PK\u0003\u0004"u8, .. new byte[26], .. Encoding.ASCII.GetBytes("[Content_Types].xml" + part)], isWhole: false).Should().Be(type);

    [Fact]
    public void OpenDocument_says_what_it_is() => MediaTypes.Of(
        [.. "PK\u0003\u0004"u8, .. new byte[26], .. "mimetypeapplication/vnd.oasis.opendocument.textPK"u8], isWhole: false).Should().Be("application/vnd.oasis.opendocument.text");
}
