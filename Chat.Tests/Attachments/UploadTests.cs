using System.Net;
using System.Text;
using Chat.Contracts;
using Chat.Hub.Rooms;
using Chat.Tests.Running;
using SkiaSharp;

namespace Chat.Tests.Attachments;

/// <summary>Files on their way in.</summary>
public sealed class UploadTests
{
    private static readonly Guid Room = FirstRooms.General;

    [Fact]
    public async Task A_file_comes_back_byte_by_byte()
    {
        await using var server = await ChatServer.Start();
        using var ann = await Sharing.Enter(server);
        var bytes = new byte[1_000_003];
        new Random(1).NextBytes(bytes);

        var attachment = await ann.Upload(Room, bytes, "data.bin");
        attachment.Should().BeEquivalentTo(new Attachment { Id = attachment.Id, Name = "data.bin", MediaType = "application/octet-stream", Size = bytes.Length });
        using var answer = await ann.Get(attachment.Id);
        answer.StatusCode.Should().Be(HttpStatusCode.OK);
        (await answer.Content.ReadAsByteArrayAsync()).Should().Equal(bytes);
    }

    [Theory]
    [InlineData(SKEncodedImageFormat.Png, false, "image/png", "image/jpeg")]
    [InlineData(SKEncodedImageFormat.Png, true, "image/png", "image/png")]
    [InlineData(SKEncodedImageFormat.Jpeg, false, "image/jpeg", "image/jpeg")]
    [InlineData(SKEncodedImageFormat.Webp, false, "image/webp", "image/jpeg")]
    public async Task A_picture_has_its_size_and_a_small_picture(SKEncodedImageFormat format, bool isTransparent, string mediaType, string thumbnailType)
    {
        await using var server = await ChatServer.Start();
        using var ann = await Sharing.Enter(server);
        var attachment = await ann.Upload(Room, Pictures.RedBlue(1200, 600, format, isTransparent), "it says.txt");
        attachment.Should().Match<Attachment>(a => a.MediaType == mediaType && a.Width == 1200 && a.Height == 600 && a.HasThumbnail);

        using var answer = await ann.Thumbnail(attachment.Id);
        answer.Content.Headers.ContentType!.MediaType.Should().Be(thumbnailType);
        using var thumbnail = SKBitmap.Decode(await answer.Content.ReadAsByteArrayAsync());
        (thumbnail.Width, thumbnail.Height).Should().Be((480, 240));
        ShouldBe(thumbnail.GetPixel(100, 120), SKColors.Red);
        if (isTransparent) thumbnail.GetPixel(400, 120).Alpha.Should().Be(0);
        else ShouldBe(thumbnail.GetPixel(400, 120), SKColors.Blue);
    }

    [Theory]
    [InlineData(1, 600, 300, 20, 100)]
    [InlineData(2, 600, 300, 460, 100)]
    [InlineData(3, 600, 300, 460, 100)]
    [InlineData(4, 600, 300, 20, 100)]
    [InlineData(5, 300, 600, 100, 20)]
    [InlineData(6, 300, 600, 100, 20)]
    [InlineData(7, 300, 600, 100, 460)]
    [InlineData(8, 300, 600, 100, 460)]
    public async Task A_picture_is_shown_as_the_camera_was_held(int orientation, int width, int height, int redX, int redY)
    {
        await using var server = await ChatServer.Start();
        using var ann = await Sharing.Enter(server);
        var attachment = await ann.Upload(Room, Pictures.Turned(Pictures.RedBlue(600, 300, SKEncodedImageFormat.Jpeg), (ushort)orientation));
        (attachment.Width, attachment.Height).Should().Be((width, height));
        using var answer = await ann.Thumbnail(attachment.Id);
        using var thumbnail = SKBitmap.Decode(await answer.Content.ReadAsByteArrayAsync());
        (thumbnail.Width, thumbnail.Height).Should().Be(width > height ? (480, 240) : (240, 480));
        ShouldBe(thumbnail.GetPixel(redX, redY), SKColors.Red);
        ShouldBe(thumbnail.GetPixel(thumbnail.Width - redX, thumbnail.Height - redY), SKColors.Blue);
    }

    [Fact]
    public async Task A_picture_that_would_be_huge_is_refused_before_it_is_decoded()
    {
        await using var server = await ChatServer.Start();
        using var ann = await Sharing.Enter(server);
        (await ann.Try(Room, Pictures.PngThatSays(30_000, 30_000))).Error!.Code.Should().Be(ErrorCode.TooLarge);
        (await ann.Try(Room, Pictures.PngThatSays(8_000, 6_000))).Result!.Should().Match<Attachment>(a => a.Width == 8_000 && !a.HasThumbnail, "it is allowed, and takes too much memory to make it small");
    }

    [Fact]
    public async Task What_only_begins_like_a_picture_is_a_file()
    {
        await using var server = await ChatServer.Start();
        using var ann = await Sharing.Enter(server);
        foreach (var liar in (byte[][])[[0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 1, 2], [.. "GIF89a"u8], [.. "RIFF\0\0\0\0WEBPVP8 "u8, .. new byte[40]]])
            (await ann.Upload(Room, liar)).Should().Match<Attachment>(a => a.MediaType == "application/octet-stream" && a.Width == null && !a.HasThumbnail);
    }

    [Fact]
    public async Task Only_members_who_may_post_can_upload()
    {
        await using var server = await ChatServer.Start();
        using var ann = await Sharing.Enter(server);
        (await ann.Try(FirstRooms.Random, [1])).Error!.Code.Should().Be(ErrorCode.NotAMember);
        (await ann.Try(Guid.NewGuid(), [1])).Error!.Code.Should().Be(ErrorCode.NotFound);
        await using var guest = new Guest(server.Address, ann.SignedIn, Wire.Json);
        await guest.Start();
        await guest.Call<Reply<RoomEntry>>(nameof(IChatHub.JoinRoom), new JoinRoom { RoomId = FirstRooms.Random });
        (await ann.Try(FirstRooms.Random, [1])).Result.Should().NotBeNull();
        await guest.Call<Reply>(nameof(IChatHub.LeaveRoom), new LeaveRoom { RoomId = FirstRooms.Random });
        (await ann.Try(FirstRooms.Random, [1])).Error!.Code.Should().Be(ErrorCode.NotAMember);

        using var nobody = new HttpClient();
        (await nobody.PostAsync(new Uri(server.Address, ChatPaths.RoomAttachments.Replace("{roomId}", $"{Room}")), new ByteArrayContent([1]))).StatusCode.Should().Be(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Who_uploads_much_and_uses_nothing_is_stopped()
    {
        await using var server = await ChatServer.Start(("Chat:Attachments:UnusedBytes", "1000"));
        using var ann = await Sharing.Enter(server);
        await ann.Upload(Room, new byte[600]);
        (await ann.Try(Room, new byte[401])).Error!.Code.Should().Be(ErrorCode.RateLimited);
        (await ann.Try(Room, new StreamContent(new Endless(401)))).Error!.Code.Should().Be(ErrorCode.RateLimited, "its length is known at the end only");
        await ann.Upload(Room, new byte[400]);
        using var bob = await Sharing.Enter(server, "Bob");
        await bob.Upload(Room, new byte[1000]);
    }

    [Fact]
    public async Task Uploads_of_one_user_are_counted()
    {
        await using var server = await ChatServer.Start(("Chat:Attachments:UploadsPerMinute", "3"));
        using var ann = await Sharing.Enter(server);
        for (var i = 0; i < 3; i++) await ann.Upload(Room, [1]);
        var error = (await ann.Try(Room, [1])).Error!;
        (error.Code, error.RetryAfterMs > 0).Should().Be((ErrorCode.RateLimited, true));
    }

    [Theory]
    [InlineData("../../etc/passwd", "passwd")]
    [InlineData("C:\\secret\\plan.doc", "plan.doc")]
    [InlineData("  a\u0000b\u202e.txt\r\n", "ab.txt")]
    [InlineData("..", "file")]
    [InlineData("", "file")]
    [InlineData("你好 👋🏽.png", "你好 👋🏽.png")]
    public async Task A_name_is_for_people_and_never_a_path(string name, string kept)
    {
        await using var server = await ChatServer.Start();
        using var ann = await Sharing.Enter(server);
        (await ann.Upload(Room, Encoding.UTF8.GetBytes("text"), name)).Name.Should().Be(kept);
    }

    private static void ShouldBe(SKColor seen, SKColor meant) =>
        (Math.Abs(seen.Red - meant.Red) < 40 && Math.Abs(seen.Green - meant.Green) < 40 && Math.Abs(seen.Blue - meant.Blue) < 40).Should().BeTrue("{0} is like {1}", seen, meant);
}
