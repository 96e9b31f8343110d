using System.Collections.Concurrent;
using Chat.Client;
using Chat.Hub;
using Chat.Tests.Running;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.Connections;

namespace Chat.Tests.Client;

/// <summary>The key by which a proxy keeps the requests of one connection on one node.</summary>
public sealed class AffinityTests
{
    [Fact]
    public async Task All_requests_of_a_connection_have_one_key_and_the_next_connection_has_another()
    {
        var keys = new ConcurrentQueue<string>();
        await using var server = await ChatServer.Start(new TemporaryFolder(), true, _ => { }, app =>
        {
            app.Use((http, next) =>
            {
                if (http.Request.Path.StartsWithSegments("/hubs")) keys.Enqueue(http.Request.Query["affinity"].ToString());
                return next(http);
            });
            app.MapChat();
        });
        var ann = await server.SignIn();

        for (var connection = 1; connection <= 2; connection++)
        {
            await using var client = new ChatClient(new ChatClientOptions
            {
                Server = new Uri(server.Address, "?tenant=1"),
                AccessToken = _ => Task.FromResult<string?>(ann.AccessToken),
                ConfigureHttp = http => http.Transports = HttpTransportType.LongPolling,
            });
            await client.StartAsync();
            keys.Should().HaveCountGreaterThan(3 * connection).And.NotContain("");
            keys.Distinct().Should().HaveCount(connection);
        }
    }
}
