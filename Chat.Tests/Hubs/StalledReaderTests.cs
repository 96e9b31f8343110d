using Chat.Bench.Chaos.Clients;
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
        using var stalled = await StalledReader.EnterAsync(server.Address, await server.SignIn("Stalled"));
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
}
