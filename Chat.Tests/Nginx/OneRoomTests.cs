using Chat.Bench.Servers;
using Chat.Client;
using Chat.Contracts;
using Chat.Hub.Rooms;
using Chat.Tests.Running;
using Several = Chat.Tests.Running.Cluster;

namespace Chat.Tests.Nginx;

/// <summary>The whole: nginx, three nodes, one PostgreSQL and one Redis.</summary>
public sealed class OneRoomTests
{
    [Fact]
    public async Task People_on_all_nodes_are_in_one_room_and_it_stays_whole_when_a_node_dies()
    {
        using var folder = new TemporaryFolder();
        await using var nodes = await Several.Start(3, ("Chat:Proxies", "127.0.0.1"));
        await using var nginx = new NginxServer(folder.Path);
        await nginx.StartAsync([.. nodes.Nodes.Select(node => node.Address)]);
        using var http = new HttpClient(nginx.Handler());
        var signIn = new ChatSignIn(http, nginx.Address);
        var clients = await Task.WhenAll(Enumerable.Range(0, 12).Select(async i => await Enter(nginx, await signIn.AsGuestAsync($"Guest {i}"))));
        await using var all = new Disposables(clients);

        await Say("before");
        var saying = Say("meanwhile");
        await Cluster.Kill(nodes[0]);
        await saying;
        await Say("after");
        await Waiting.Until(() => Task.FromResult(clients.All(client => Heard(client).Count() == 36)), TimeSpan.FromSeconds(20));
        clients.Select(Heard).Should().AllSatisfy(heard => heard.Should().Equal(Heard(clients[0]), "all see the same, in the same order"));

        Task Say(string what) => Task.WhenAll(clients.Select(client => client.SendMessageAsync(FirstRooms.General, what)));
    }

    private static IEnumerable<long> Heard(ChatClient client) =>
        client.FindRoom(FirstRooms.General)!.Messages.Where(message => message.Kind is MessageKind.Text).Select(message => message.Seq);

    private static async Task<ChatClient> Enter(NginxServer nginx, SignedIn signedIn)
    {
        var client = new ChatClient(new ChatClientOptions
        {
            Server = nginx.Address,
            AccessToken = _ => Task.FromResult<string?>(signedIn.AccessToken),
            ConfigureHttp = options =>
            {
                options.HttpMessageHandlerFactory = _ => nginx.Handler();
                options.WebSocketConfiguration = socket => socket.RemoteCertificateValidationCallback = nginx.Trusts;
            },
        });
        await client.StartAsync();
        return client;
    }
}
