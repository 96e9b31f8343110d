using Chat.Client;
using Chat.Contracts;
using Chat.Hub.Rooms;
using Chat.Tests.Running;

namespace Chat.Tests.Attachments;

/// <summary>Files by Chat's own clients.</summary>
public sealed class ClientFilesTests
{
    [Fact]
    public async Task A_NET_program_uploads_with_progress_and_downloads()
    {
        await using var server = await ChatServer.Start(("Chat:Attachments:MostBytes", "2000000"));
        var signedIn = await server.SignIn();
        await using var client = new ChatClient(new ChatClientOptions { Server = server.Address, AccessToken = _ => Task.FromResult<string?>(signedIn.AccessToken) });
        await client.StartAsync();
        client.Limits!.AttachmentBytes.Should().Be(2_000_000);

        var bytes = new byte[1_000_000];
        new Random(1).NextBytes(bytes);
        var told = new Told();
        var attachment = await client.UploadAsync(FirstRooms.General, new MemoryStream(bytes), "a & b=c.bin", told);
        (attachment.Name, attachment.Size).Should().Be(("a & b=c.bin", 1_000_000));
        told.Values.Should().BeInAscendingOrder().And.HaveCountGreaterThan(2).And.EndWith(1_000_000);

        await using var back = await client.DownloadAsync(attachment.Id);
        using var copy = new MemoryStream();
        await back.CopyToAsync(copy);
        copy.ToArray().Should().Equal(bytes);

        (await client.Invoking(c => c.DownloadAsync(attachment.Id, thumbnail: true)).Should().ThrowAsync<ChatException>()).Which.Code.Should().Be(ErrorCode.NotFound);
        (await client.Invoking(c => c.UploadAsync(FirstRooms.General, new MemoryStream(new byte[2_000_001]), "x")).Should().ThrowAsync<ChatException>()).Which.Code.Should().Be(ErrorCode.TooLarge);
    }

    [Fact]
    public async Task A_transfer_over_a_network_that_has_gone_ends()
    {
        await using var server = await ChatServer.Start();
        var signedIn = await server.SignIn();
        await using var way = Chat.Tests.Client.Relay.To(server.Address);
        await using var client = new ChatClient(new ChatClientOptions
        {
            Server = way.Address,
            AccessToken = _ => Task.FromResult<string?>(signedIn.AccessToken),
            ServerTimeout = TimeSpan.FromSeconds(1),
            KeepAlive = TimeSpan.FromMilliseconds(200),
        });
        await client.StartAsync();
        var attachment = await client.UploadAsync(FirstRooms.General, new MemoryStream(new byte[8_000_000]), "zeros.bin");
        await using var back = await client.DownloadAsync(attachment.Id);
        await back.ReadExactlyAsync(new byte[1_000]);
        way.Deaden();
        (await back.Invoking(stream => stream.CopyToAsync(Stream.Null)).Should().ThrowAsync<HttpRequestException>().WaitAsync(TimeSpan.FromSeconds(20)))
            .WithMessage("Nothing moved*");

        way.IsBlackHole = true;
        (await client.Invoking(c => c.UploadAsync(FirstRooms.General, new MemoryStream(new byte[8_000_000]), "zeros.bin")).Should().ThrowAsync<HttpRequestException>().WaitAsync(TimeSpan.FromSeconds(20)))
            .WithMessage("Nothing moved*");
    }

    [Fact]
    public async Task A_Node_program_uploads_and_downloads()
    {
        await using var server = await ChatServer.Start();
        using var ann = await Sharing.Enter(server);
        await using var node = Node.Run("client/test/files.mjs", server.Address.AbsoluteUri, ann.SignedIn.AccessToken, $"{FirstRooms.General}");
        var seen = await node.Line();
        seen["isSame"]!.GetValue<bool>().Should().BeTrue();
        seen["attachment"]!["name"]!.GetValue<string>().Should().Be("naïve 你.bin");
        seen["missing"]!.GetValue<string>().Should().Be("not_found");
        seen["stranger"]!.GetValue<string>().Should().Be("not_found");
        seen["told"]!.ToJsonString().Should().Be("[[100000,100000]]");
        seen["url"]!.GetValue<string>().Should().Be("blob");
    }

    private sealed class Told : IProgress<long>
    {
        public List<long> Values { get; } = [];

        public void Report(long value) => Values.Add(value);
    }
}
