using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Chat.Bench.Checking;
using Chat.Contracts;
using Chat.Hub.Rooms;
using Chat.Tests.Running;

namespace Chat.Tests.Attachments;

/// <summary>Bodies that are too large, on the bare wire; and what a large one costs.</summary>
public sealed class LargeUploadTests
{
    private static readonly string Path = ChatPaths.RoomAttachments.Replace("{roomId}", $"{FirstRooms.General}");

    [Fact]
    public async Task A_gigabyte_is_refused_at_once_by_its_headers_alone()
    {
        await using var server = await ChatServer.Start();
        using var ann = await Sharing.Enter(server);
        (await Answer(server, ann, "Content-Length: 1073741824", Encoding.ASCII.GetBytes("a little"))).Should().StartWith("HTTP/1.1 413").And.Contain("\"too_large\"");
        (await Answer(server, ann, "Content-Length: 16777217", [])).Should().StartWith("HTTP/1.1 413", "one byte too many");
    }

    [Fact]
    public async Task A_body_of_unknown_length_is_cut_off_at_the_limit()
    {
        using var folder = new TemporaryFolder();
        await using var server = await ChatServer.StartOn(folder, ("Chat:Attachments:MostBytes", "100000"));
        using var ann = await Sharing.Enter(server);
        (await ann.Upload(FirstRooms.General, new StreamContent(new Endless(100_000)))).Size.Should().Be(100_000);

        byte[] chunk = [.. "1000\r\n"u8, .. new byte[0x1000], .. "\r\n"u8];
        // Never an end: the answer comes because of what was sent, not because of its end.
        (await Answer(server, ann, "Transfer-Encoding: chunked", [.. Enumerable.Repeat(chunk, 25).SelectMany(bytes => bytes)])).Should().StartWith("HTTP/1.1 413").And.Contain("\"too_large\"");
        await Waiting.Until(() => Task.FromResult(Directory.GetFiles(System.IO.Path.Combine(folder.File("attachments"), "incoming")).Length is 0));
    }

    [Fact]
    public async Task A_body_that_ends_too_early_leaves_nothing_behind()
    {
        using var folder = new TemporaryFolder();
        await using var server = await ChatServer.StartOn(folder);
        using var ann = await Sharing.Enter(server);
        var incoming = System.IO.Path.Combine(folder.File("attachments"), "incoming");
        using (var socket = await Send(server, ann, "Content-Length: 100000", new byte[50_000]))
            await Waiting.Until(() => Task.FromResult(Directory.GetFiles(incoming).Length is 1));
        await Waiting.Until(() => Task.FromResult(Directory.GetFiles(incoming).Length is 0));
    }

    [Fact]
    public async Task Sixteen_megabytes_take_less_than_two_of_memory()
    {
        using var folder = new TemporaryFolder();
        await using var server = new ServerProcess(folder.Path, new Dictionary<string, string> { ["DOTNET_gcServer"] = "0" });
        await server.StartAsync(default);
        using var http = new HttpClient { BaseAddress = server.Address };
        var signIn = new Chat.Client.ChatSignIn(http, server.Address);
        var signedIn = await signIn.AsGuestAsync("Ann");
        await using (var guest = new Guest(server.Address, signedIn, Wire.Json)) await guest.Start();
        using var ann = new Sharing(server.Address, signedIn);

        // Compiled, pools filled: so that only what an upload itself takes is left to be seen.
        for (var i = 0; i < 5; i++) await ann.Upload(FirstRooms.General, new StreamContent(new Endless(8 * 1024 * 1024)));
        var before = AnonymousKilobytes(server.Id);
        var peak = 0L;
        using var done = new CancellationTokenSource();
        var watching = Task.Run(() =>
        {
            while (!done.IsCancellationRequested) peak = Math.Max(peak, AnonymousKilobytes(server.Id));
        });
        (await ann.Upload(FirstRooms.General, new StreamContent(new Endless(16 * 1024 * 1024)))).Size.Should().Be(16 * 1024 * 1024);
        await done.CancelAsync();
        await watching;
        (peak - before).Should().BeLessThan(2 * 1024, "kilobytes of memory that is not a file's");
    }

    private static long AnonymousKilobytes(int process) => long.Parse(
        File.ReadLines($"/proc/{process}/status").First(text => text.StartsWith("RssAnon", StringComparison.Ordinal)).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);

    private static async Task<string> Answer(ChatServer server, Sharing who, string header, byte[] body)
    {
        using var socket = await Send(server, who, header, body);
        var buffer = new byte[4096];
        var read = 0;
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(3));
        while (!Encoding.ASCII.GetString(buffer, 0, read).Contains('}'))
        {
            var more = await socket.ReceiveAsync(buffer.AsMemory(read), limit.Token);
            if (more is 0) break;
            read += more;
        }
        return Encoding.ASCII.GetString(buffer, 0, read);
    }

    private static async Task<Socket> Send(ChatServer server, Sharing who, string header, byte[] body)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(server.Address.Host, server.Address.Port);
        byte[] request =
        [
            .. Encoding.ASCII.GetBytes($"POST {Path}?name=x HTTP/1.1\r\nHost: {server.Address.Authority}\r\nAuthorization: Bearer {who.SignedIn.AccessToken}\r\n{header}\r\n\r\n"), .. body,
        ];
        await socket.SendAsync(request);
        return socket;
    }
}
