using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Chat.Contracts;
using Chat.Hub.Attachments;
using Chat.Hub.Rooms;
using Chat.Tests.Running;
using Microsoft.Extensions.DependencyInjection;
using SkiaSharp;

namespace Chat.Tests.Attachments;

/// <summary>Files in a bucket.</summary>
public sealed class S3Tests
{
    [Fact]
    public async Task Files_go_into_the_bucket_and_come_back_whole_and_in_parts()
    {
        await using var s3 = await S3Server.Start();
        using var folder = new TemporaryFolder();
        await using var server = await ChatServer.StartOn(folder, s3.Settings);
        using var ann = await Sharing.Enter(server);
        var bytes = new byte[3_000_000];
        new Random(1).NextBytes(bytes);

        var file = await ann.Upload(FirstRooms.General, bytes);
        (await (await ann.Get(file.Id)).Content.ReadAsByteArrayAsync()).Should().Equal(bytes);
        using var part = await ann.Get(file.Id, ("Range", "bytes=1000-1999"));
        part.StatusCode.Should().Be(HttpStatusCode.PartialContent);
        (await part.Content.ReadAsByteArrayAsync()).Should().Equal(bytes[1000..2000]);
        using var end = await ann.Get(file.Id, ("Range", "bytes=2999990-"));
        (await end.Content.ReadAsByteArrayAsync()).Should().Equal(bytes[^10..]);
        var picture = await ann.Upload(FirstRooms.General, Pictures.RedBlue(600, 300, SKEncodedImageFormat.Png));
        using var thumbnail = SKBitmap.Decode(await (await ann.Thumbnail(picture.Id)).Content.ReadAsByteArrayAsync());
        thumbnail.Width.Should().Be(480);
        s3.Objects.Should().Be(3);
        Directory.GetFiles(folder.File("attachments"), "*", SearchOption.AllDirectories).Should().BeEmpty();

        var collector = server.App.Services.GetRequiredService<AttachmentCollector>();
        await collector.Collect(DateTimeOffset.UtcNow.AddHours(25), default);
        await collector.Collect(DateTimeOffset.UtcNow.AddHours(27), default);
        s3.Objects.Should().Be(0);
    }

    [Fact]
    public async Task A_bucket_that_refuses_or_is_away_is_unavailable_to_people()
    {
        await using var s3 = await S3Server.Start();
        await using var server = await ChatServer.Start(s3.SettingsBut("Secret", "another"));
        using var ann = await Sharing.Enter(server);
        (await ann.Try(FirstRooms.General, [1])).Error!.Code.Should().Be(ErrorCode.Unavailable);
        s3.Objects.Should().Be(0);
        await using var other = await ChatServer.Start(s3.SettingsBut("Endpoint", "http://127.0.0.1:9"));
        using var bob = await Sharing.Enter(other, "Bob");
        (await bob.Try(FirstRooms.General, [1])).Error!.Code.Should().Be(ErrorCode.Unavailable);
    }

    [Fact]
    public async Task A_bucket_without_a_key_is_refused_at_start()
    {
        var start = () => ChatServer.Start(("Chat:Attachments:S3:Bucket", "files"));
        (await start.Should().ThrowAsync<Microsoft.Extensions.Options.OptionsValidationException>()).WithMessage("*Chat:Attachments:S3:Key*");
    }

    // https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html, "Examples: Signature calculations".
    [Theory]
    [InlineData("GET", "/test.txt", "range", "bytes=0-9", "", "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41")]
    [InlineData("PUT", "/test%24file.text", "x-amz-storage-class", "REDUCED_REDUNDANCY", "Welcome to Amazon S3.", "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd")]
    [InlineData("GET", "/?lifecycle", null, null, "", "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543")]
    [InlineData("GET", "/?max-keys=2&prefix=J", null, null, "", "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7")]
    public void Signatures_are_as_Amazon_computes_them(string method, string path, string? header, string? value, string body, string signature)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri("https://examplebucket.s3.amazonaws.com" + path));
        if (header is "range") request.Headers.Range = RangeHeaderValue.Parse(value!);
        else if (header is not null) request.Headers.Add(header, value);
        if (method is "PUT") request.Headers.TryAddWithoutValidation("Date", "Fri, 24 May 2013 00:00:00 GMT");
        new SignatureV4("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "us-east-1")
            .Sign(request, SHA256.HashData(Encoding.UTF8.GetBytes(body)), new DateTimeOffset(2013, 5, 24, 0, 0, 0, TimeSpan.Zero));
        request.Headers.NonValidated["Authorization"].ToString().Should().EndWith($"Signature={signature}");
    }
}
