using Chat.Contracts;
using Chat.Hub.Rooms;
using Chat.Tests.Running;
using Microsoft.AspNetCore.Http.Connections;

namespace Chat.Tests.Nginx;

/// <summary>Every way of SignalR through nginx, over TLS, to three nodes.</summary>
public sealed class TransportTests
{
    [Theory]
    [InlineData(HttpTransportType.WebSockets, false, Wire.Json)]
    [InlineData(HttpTransportType.WebSockets, false, Wire.MessagePack)]
    [InlineData(HttpTransportType.WebSockets, true, Wire.Json)]
    [InlineData(HttpTransportType.WebSockets, true, Wire.MessagePack)]
    [InlineData(HttpTransportType.ServerSentEvents, false, Wire.Json)]
    [InlineData(HttpTransportType.LongPolling, false, Wire.Json)]
    [InlineData(HttpTransportType.LongPolling, false, Wire.MessagePack)]
    public async Task A_plain_SignalR_client_talks_and_hears(HttpTransportType transport, bool skipNegotiation, Wire wire)
    {
        await using var cluster = await Cluster.Start();
        for (var i = 0; i < 6; i++)
        {
            await using var guest = await cluster.Enter(await cluster.SignIn($"Guest {i}"), wire, http => (http.Transports, http.SkipNegotiation) = (transport, skipNegotiation));
            var sent = await guest.Send(FirstRooms.General, $"hello {i}");
            await guest.Hears<Message>(message => message.Id == sent.Id);
        }
    }

    [Theory]
    [InlineData(HttpTransportType.WebSockets)]
    [InlineData(HttpTransportType.ServerSentEvents)]
    [InlineData(HttpTransportType.LongPolling)]
    public async Task Chats_own_client_reaches_every_node_with_one_token(HttpTransportType transport)
    {
        await using var cluster = await Cluster.Start();
        var ann = await cluster.SignIn();
        for (var i = 0; i < 30 && cluster.Arrivals().Contains(0); i++)
        {
            await using var client = await cluster.EnterWithClient(ann, http => http.Transports = transport);
            await client.SendMessageAsync(FirstRooms.General, $"hello {i}");
        }
        cluster.Arrivals().Should().NotContain(0);
    }

    [Fact]
    public async Task A_client_without_WebSocket_may_send_much_at_once()
    {
        await using var cluster = await Cluster.Start();
        await using var guest = await cluster.Enter(await cluster.SignIn(), configure: http => http.Transports = HttpTransportType.LongPolling);
        var text = new string('x', 16_000);
        var sent = await Task.WhenAll(Enumerable.Range(0, 30).Select(i => guest.Send(FirstRooms.General, $"{i} {text}")));
        sent.Select(message => message.Seq).Should().OnlyHaveUniqueItems();
    }
}
