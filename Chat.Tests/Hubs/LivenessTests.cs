using Chat.Client;
using Chat.Contracts;
using Chat.Hub.Rooms;
using Chat.Tests.Hostile;
using Chat.Tests.Running;
using Microsoft.AspNetCore.SignalR.Client;

namespace Chat.Tests.Hubs;

public sealed class LivenessTests
{
    [Fact]
    public async Task A_client_that_sends_nothing_is_cut_off_whether_it_said_who_it_is_or_not()
    {
        await using var server = await ChatServer.Start(("Chat:Delivery:ClientTimeoutSeconds", "3"), ("Chat:Delivery:KeepAliveSeconds", "1"), ("Chat:Presence:OfflineGraceMs", "0"));
        await using var ann = new Guest(server.Address, await server.SignIn("Ann"), Wire.Json);
        ann.Connection.KeepAliveInterval = TimeSpan.FromSeconds(0.5);
        await ann.Start();
        await using var nobody = await RawSocket.Open(server, Wire.Json, (await server.SignIn("Nobody")).AccessToken);
        await using var silent = await RawSocket.Open(server, Wire.MessagePack, (await server.SignIn("Silent")).AccessToken);
        await silent.Invoke("Connect", """[{"contractVersion":1}]""");
        (await silent.Answer()).Should().Be("ok");

        await Task.WhenAll(nobody.ClosingCode(), silent.ClosingCode());
        await ann.Hears<PresenceNotice>(notice => notice.User is { Status: PresenceStatus.Offline });
        ann.Connection.State.Should().Be(HubConnectionState.Connected, "whoever sends keep-alives stays");
    }

    [Fact]
    public async Task A_stop_is_quick_and_clean_while_clients_try_to_come_back()
    {
        using var folder = new TemporaryFolder();
        var server = await ChatServer.StartOn(folder);
        var clients = new List<ChatClient>();
        for (var i = 0; i < 10; i++)
        {
            var signedIn = await server.SignIn($"Guest {i}");
            clients.Add(new ChatClient(new ChatClientOptions
            {
                Server = server.Address,
                AccessToken = _ => Task.FromResult<string?>(signedIn.AccessToken),
                FirstBackoff = TimeSpan.FromMilliseconds(1),
                LongestBackoff = TimeSpan.FromMilliseconds(20),
            }));
            await clients[^1].StartAsync();
        }
        using var giveUp = new CancellationTokenSource();
        var sending = clients.Select(client => Send(client, giveUp.Token)).ToList();

        await server.App.StopAsync().WaitAsync(TimeSpan.FromSeconds(15));
        await giveUp.CancelAsync();
        await Task.WhenAll(sending);
        foreach (var client in clients) await client.DisposeAsync();
        await server.DisposeAsync();
    }

    private static async Task Send(ChatClient client, CancellationToken giveUp)
    {
        try
        {
            for (var i = 0; ; i++) await client.SendMessageAsync(FirstRooms.General, $"message {i}", ct: giveUp);
        }
        catch (OperationCanceledException) when (giveUp.IsCancellationRequested)
        {
            // The server is gone for good.
        }
    }
}
