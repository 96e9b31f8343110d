using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using Chat.Contracts;
using Chat.Hub.Rooms;
using Chat.Tests.Running;

namespace Chat.Tests.Hubs;

public sealed class StalledReaderTests
{
    [Fact]
    public async Task A_reader_that_stalls_is_cut_off_and_the_others_hear_everything()
    {
        await using var server = await ChatServer.Start();
        await using var ann = await server.Enter("Ann");
        await using var bob = await server.Enter("Bob", Wire.MessagePack);
        using var stalled = await Stall(server, await server.SignIn("Stalled"));
        await ann.Hears<Member>(member => member.Name == "Stalled");

        // Far more than the budget and the sockets' own buffers hold.
        var text = new string('x', 16 * 1024);
        Message? last = null;
        for (var i = 0; i < 1_000; i++) last = await ann.Send(FirstRooms.General, text);
        await bob.Hears<Message>(message => message.Seq == last!.Seq);
        bob.Heard<Message>().Count(message => message.Text == text).Should().Be(1_000);
        await ann.Hears<PresenceNotice>(notice => notice.User is { Status: PresenceStatus.Offline }, TimeSpan.FromSeconds(15));
        server.Logs.At(Microsoft.Extensions.Logging.LogLevel.Information).Should().Contain(line => line.Contains("reads too slowly"));
    }

    // A WebSocket by hand, because every library reads on its own.
    private static async Task<Socket> Stall(ChatServer server, SignedIn signedIn)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4096 };
        await socket.ConnectAsync(server.Address.Host, server.Address.Port);
        await socket.SendAsync(Encoding.ASCII.GetBytes(
            $"GET {ChatPaths.Hub}?access_token={signedIn.AccessToken} HTTP/1.1\r\nHost: {server.Address.Authority}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n" +
            "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"));
        var answer = new byte[4096];
        var length = await socket.ReceiveAsync(answer);
        Encoding.ASCII.GetString(answer, 0, length).Should().StartWith("HTTP/1.1 101");
        await socket.SendAsync(Frame("{\"protocol\":\"json\",\"version\":1}\u001e"));
        await socket.SendAsync(Frame("{\"type\":1,\"target\":\"Connect\",\"arguments\":[{\"contractVersion\":1}]}\u001e"));
        return socket;
    }

    private static byte[] Frame(string text)
    {
        var body = Encoding.UTF8.GetBytes(text);
        Debug.Assert(body.Length < 126, "One length byte holds it.");
        // Text, final; masked with zeros: RFC 6455, section 5.2.
        return [0x81, (byte)(0x80 | body.Length), 0, 0, 0, 0, .. body];
    }
}
