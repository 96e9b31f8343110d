using System.Net;
using Chat.Contracts;
using Chat.Hub.Rooms;
using Chat.Tests.Running;

namespace Chat.Tests.Nginx;

/// <summary>nginx takes new settings while people chat.</summary>
public sealed class ReloadTests
{
    [Fact]
    public async Task A_reload_under_load_drops_no_WebSocket_and_fails_no_request()
    {
        await using var cluster = await Cluster.Start();
        var ann = await cluster.SignIn();
        var guests = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => cluster.Enter(ann)));
        await using var all = new Disposables(guests);
        var closed = 0;
        foreach (var guest in guests)
        {
            guest.Connection.Closed += _ =>
            {
                Interlocked.Increment(ref closed);
                return Task.CompletedTask;
            };
        }

        using var stop = new CancellationTokenSource();
        var (asked, entered) = (0, 0);
        using var kept = cluster.Http();
        using var http2 = cluster.Http();
        http2.DefaultRequestVersion = HttpVersion.Version20;
        Task[] load =
        [
            Repeat(async () =>
            {
                using var fresh = cluster.Http();
                await Ask(fresh);
                asked++;
            }),
            Repeat(() => Ask(kept)),
            Repeat(() => AskUntilServed(http2)),
            Repeat(async () =>
            {
                await using (await cluster.EnterWithClient(ann)) entered++;
            }),
        ];
        for (var i = 0; i < 5; i++)
        {
            var enough = (Asked: asked + 10, Entered: entered + 5);
            await cluster.Nginx.ReloadAsync(cluster.Addresses);
            await Waiting.Until(() => Task.FromResult(load.Any(task => task.IsCompleted) || (asked >= enough.Asked && entered >= enough.Entered)), TimeSpan.FromSeconds(30));
        }
        await stop.CancelAsync();
        await Task.WhenAll(load);

        foreach (var guest in guests)
        {
            var sent = await guest.Send(FirstRooms.General, "still here");
            await guest.Hears<Message>(message => message.Id == sent.Id);
        }
        closed.Should().Be(0);

        async Task Repeat(Func<Task> act)
        {
            while (!stop.IsCancellationRequested) await act();
        }
    }

    [Fact]
    public async Task A_node_that_is_added_gets_its_share()
    {
        await using var cluster = await Cluster.Start();
        await cluster.AddNode();
        var ann = await cluster.SignIn();
        await cluster.Nginx.ReloadAsync(cluster.Addresses);
        for (var i = 0; i < 60 && cluster.Arrivals()[3] is 0; i++) await using (await cluster.EnterWithClient(ann)) { }
        cluster.Arrivals()[3].Should().BePositive();
    }

    private static async Task Ask(HttpClient http)
    {
        using var answer = await http.GetAsync(ChatPaths.Info);
        answer.StatusCode.Should().Be(HttpStatusCode.OK);
    }

    // A worker that ends tells so whoever has just connected to it by HTTP/2, and reads nothing more: browsers ask again.
    private static async Task AskUntilServed(HttpClient http)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                await Ask(http);
                return;
            }
            catch (HttpRequestException) when (tries < 3)
            {
            }
        }
    }
}
