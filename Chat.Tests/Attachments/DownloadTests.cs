using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Chat.Contracts;
using Chat.Hub.Attachments;
using Chat.Hub.Rooms;
using Chat.Tests.Running;
using Microsoft.Extensions.DependencyInjection;
using SkiaSharp;

namespace Chat.Tests.Attachments;

/// <summary>Files on their way out.</summary>
public sealed class DownloadTests
{
    private static readonly Guid Room = FirstRooms.General;

    [Theory]
    [InlineData("bytes=0-4", 0, 5)]
    [InlineData("bytes=10-", 10, 90)]
    [InlineData("bytes=-7", 93, 7)]
    [InlineData("bytes=90-1000", 90, 10)]
    [InlineData("bytes=99-99", 99, 1)]
    public async Task A_part_is_told_as_a_part(string range, int from, int length)
    {
        await using var server = await ChatServer.Start();
        using var ann = await Sharing.Enter(server);
        var bytes = Enumerable.Range(0, 100).Select(n => (byte)n).ToArray();
        var attachment = await ann.Upload(Room, bytes);
        using var answer = await ann.Get(attachment.Id, ("Range", range));
        answer.StatusCode.Should().Be(HttpStatusCode.PartialContent);
        answer.Content.Headers.ContentRange.Should().Be(new ContentRangeHeaderValue(from, from + length - 1, 100));
        (await answer.Content.ReadAsByteArrayAsync()).Should().Equal(bytes[from..(from + length)]);
    }

    [Theory]
    [InlineData("bytes=100-")]
    [InlineData("bytes=-0")]
    public async Task What_is_not_there_is_no_range(string range)
    {
        await using var server = await ChatServer.Start();
        using var ann = await Sharing.Enter(server);
        var attachment = await ann.Upload(Room, new byte[100]);
        using var answer = await ann.Get(attachment.Id, ("Range", range));
        answer.StatusCode.Should().Be(HttpStatusCode.RequestedRangeNotSatisfiable);
        answer.Content.Headers.ContentRange.Should().Be(new ContentRangeHeaderValue(100));
    }

    [Theory]
    [InlineData("bytes=0-1,5-6")]
    [InlineData("lines=0-1")]
    [InlineData("bytes=5-2")]
    public async Task What_is_no_single_range_is_answered_by_all(string range)
    {
        await using var server = await ChatServer.Start();
        using var ann = await Sharing.Enter(server);
        var attachment = await ann.Upload(Room, new byte[100]);
        using var answer = await ann.Get(attachment.Id, ("Range", range));
        (answer.StatusCode, answer.Content.Headers.ContentLength).Should().Be((HttpStatusCode.OK, 100));
    }

    [Fact]
    public async Task What_a_client_has_is_not_sent_again()
    {
        await using var server = await ChatServer.Start();
        using var ann = await Sharing.Enter(server);
        var attachment = await ann.Upload(Room, Pictures.RedBlue(10, 10, SKEncodedImageFormat.Png));
        foreach (var get in (Func<Guid, (string, string)[], Task<HttpResponseMessage>>[])[ann.Get, ann.Thumbnail])
        {
            using var first = await get(attachment.Id, []);
            first.Headers.CacheControl!.ToString().Should().Contain("private").And.Contain("immutable").And.Contain("max-age=31536000");
            var tag = first.Headers.ETag!.ToString();
            using var again = await get(attachment.Id, [("If-None-Match", $"\"other\", {tag}")]);
            (again.StatusCode, (await again.Content.ReadAsByteArrayAsync()).Length).Should().Be((HttpStatusCode.NotModified, 0));
            using var other = await get(attachment.Id, [("If-None-Match", "\"other\"")]);
            other.StatusCode.Should().Be(HttpStatusCode.OK);
        }
        var own = (await ann.Get(attachment.Id)).Headers.ETag!.ToString();
        using var part = await ann.Get(attachment.Id, ("Range", "bytes=0-1"), ("If-Range", own));
        part.StatusCode.Should().Be(HttpStatusCode.PartialContent);
        using var all = await ann.Get(attachment.Id, ("Range", "bytes=0-1"), ("If-Range", "\"other\""));
        all.StatusCode.Should().Be(HttpStatusCode.OK);
        using var head = await ann.Head(attachment.Id);
        (head.StatusCode, head.Content.Headers.ContentLength).Should().Be((HttpStatusCode.OK, attachment.Size));
    }

    [Theory]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>")]
    [InlineData("\ufeff  <!DOCTYPE html><script>alert(1)</script>")]
    [InlineData("hello <SCRIPT>alert(1)</SCRIPT>")]
    [InlineData("%PDF-1.4 <script>alert(1)</script>")]
    public async Task Nothing_active_is_ever_served_inline(string content)
    {
        await using var server = await ChatServer.Start();
        using var ann = await Sharing.Enter(server);
        var attachment = await ann.Upload(Room, Encoding.UTF8.GetBytes(content), "evil.html");
        attachment.MediaType.Should().BeOneOf("application/octet-stream", "application/pdf");
        using var answer = await ann.Get(attachment.Id);
        answer.Content.Headers.ContentType!.MediaType.Should().Be(attachment.MediaType);
        answer.Content.Headers.ContentDisposition!.DispositionType.Should().Be("attachment");
        answer.Headers.GetValues("X-Content-Type-Options").Should().Equal("nosniff");
        answer.Headers.GetValues("Content-Security-Policy").Single().Should().Contain("default-src 'none'").And.EndWith("sandbox");
    }

    [Fact]
    public async Task Text_is_shown_as_text_and_names_go_in_any_script()
    {
        await using var server = await ChatServer.Start();
        using var ann = await Sharing.Enter(server);
        var attachment = await ann.Upload(Room, Encoding.UTF8.GetBytes("héllo 你好"), "naïve \"q\" 你.txt");
        using var answer = await ann.Get(attachment.Id);
        answer.Content.Headers.ContentType!.ToString().Should().Be("text/plain; charset=utf-8");
        var disposition = answer.Content.Headers.ContentDisposition!;
        (disposition.DispositionType, disposition.FileNameStar).Should().Be(("inline", "naïve \"q\" 你.txt"));
    }

    [Fact]
    public async Task A_file_that_no_message_has_yet_is_its_uploaders_alone()
    {
        await using var server = await ChatServer.Start();
        using var ann = await Sharing.Enter(server);
        using var bob = await Sharing.Enter(server, "Bob");
        var attachment = await ann.Upload(Room, Pictures.RedBlue(10, 10, SKEncodedImageFormat.Png));
        (await ann.Get(attachment.Id)).StatusCode.Should().Be(HttpStatusCode.OK);
        (await bob.Get(attachment.Id)).StatusCode.Should().Be(HttpStatusCode.NotFound);
        (await bob.Thumbnail(attachment.Id)).StatusCode.Should().Be(HttpStatusCode.NotFound);
        using var nobody = new HttpClient();
        (await nobody.GetAsync(new Uri(server.Address, ChatPaths.Attachment.Replace("{attachmentId}", $"{attachment.Id}")))).StatusCode.Should().Be(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task What_nobody_used_for_a_day_is_cleared_away()
    {
        using var folder = new TemporaryFolder();
        await using var server = await ChatServer.StartOn(folder);
        using var ann = await Sharing.Enter(server);
        var attachment = await ann.Upload(Room, Pictures.RedBlue(10, 10, SKEncodedImageFormat.Png));
        var broken = Path.Combine(folder.File("attachments"), "incoming", "broken-off");
        await File.WriteAllBytesAsync(broken, new byte[10]);
        var collector = server.App.Services.GetRequiredService<AttachmentCollector>();

        await collector.Collect(DateTimeOffset.UtcNow.AddHours(23), default);
        (await ann.Get(attachment.Id)).StatusCode.Should().Be(HttpStatusCode.OK);
        File.Exists(broken).Should().BeFalse();
        FilesIn(folder).Should().Be(2);
        await collector.Collect(DateTimeOffset.UtcNow.AddHours(25), default);
        (await ann.Get(attachment.Id)).StatusCode.Should().Be(HttpStatusCode.NotFound);
        await collector.Collect(DateTimeOffset.UtcNow.AddHours(27), default);
        FilesIn(folder).Should().Be(0);
    }

    private static int FilesIn(TemporaryFolder folder) => Directory.GetFiles(folder.File("attachments"), "*", SearchOption.AllDirectories).Length;
}
