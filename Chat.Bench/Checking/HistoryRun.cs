using System.Diagnostics;
using Chat.Client;
using Chat.Contracts;

namespace Chat.Bench.Checking;

/// <summary>One run: start, send, kill and restart many times, settle, check.</summary>
internal sealed class HistoryRun(HistoryPlan plan, TextWriter output)
{
    private static readonly TimeSpan Settling = TimeSpan.FromMinutes(2);

    // All senders come from one address, and as fast as they can.
    private static readonly Dictionary<string, string> NoLimits = new()
    {
        ["Chat__Delivery__ConnectionsPerAddress"] = "100000",
        ["Chat__Delivery__ChangesPerSecond"] = "1000000",
        ["Chat__Delivery__ChangesBurst"] = "1000000",
        ["Chat__Delivery__CallsPerSecond"] = "1000000",
        ["Chat__Delivery__CallsBurst"] = "1000000",
        ["Chat__SignIn__AttemptsPerAddress"] = "1000000",
        // Longer than any run: its clients come back with the token they have.
        ["Chat__SignIn__TokenMinutes"] = "10000",
        ["Logging__LogLevel__Chat"] = "Warning",
    };

    private readonly Random random = new(plan.Seed);

    public async Task<HistoryReport> RunAsync(CancellationToken cancellation)
    {
        var folder = Directory.CreateTempSubdirectory("chat-history-").FullName;
        await output.WriteLineAsync($"history: {plan.Senders} senders in {plan.Rooms} rooms, {plan.Kills} kills, seed {plan.Seed}");
        var clock = Stopwatch.StartNew();
        await using var server = new ServerProcess(folder, NoLimits);
        await server.StartAsync(cancellation);

        var senders = await EnterAsync(server, cancellation);
        try
        {
            using var sending = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            var work = senders.ConvertAll(sender => sender.SendUntilAsync(sending.Token));
            for (var kill = 1; kill <= plan.Kills; kill++) await KillAndRestartAsync(server, senders, kill, cancellation);
            await sending.CancelAsync();
            // What was begun is sent to its end: every sender knows of all its messages whether they were taken.
            await Task.WhenAll(work).WaitAsync(Settling, cancellation);

            await SettleAsync(server, senders, cancellation);
            if (plan.Sabotage is not Sabotage.None) await output.WriteLineAsync($"sabotage: {StoreFile.Spoil(server.StoreFile, plan.Sabotage)}");

            var report = HistoryCheck.Run(
                [.. senders.SelectMany(sender => sender.Acknowledged)], StoreFile.Read(server.StoreFile), [.. senders.Select(sender => sender.View.Shown)]);
            await output.WriteLineAsync(report.ToString());
            await output.WriteLineAsync($"{(report.IsClean ? "PASS" : "FAIL")} after {clock.Elapsed.TotalSeconds:F0} s");
            return report;
        }
        finally
        {
            await Task.WhenAll(senders.Select(sender => sender.DisposeAsync().AsTask()));
            await server.DisposeAsync();
            Directory.Delete(folder, recursive: true);
        }
    }

    private async Task<List<Sender>> EnterAsync(ServerProcess server, CancellationToken cancellation)
    {
        using var http = new HttpClient();
        var signIn = new ChatSignIn(http, server.Address);
        var rooms = new List<Guid>();
        var senders = new List<Sender>();
        for (var i = 0; i < plan.Senders; i++)
        {
            var protocol = i % 2 is 0 ? ChatProtocol.Json : ChatProtocol.MessagePack;
            var client = new ChatClient(new ChatClientOptions
            {
                Server = server.Address,
                AccessToken = TokenOf(await signIn.AsGuestAsync($"Sender {i}", cancellation)),
                Protocol = protocol,
                LongestBackoff = TimeSpan.FromSeconds(2),
            });
            await client.StartAsync(cancellation);
            var room = i < plan.Rooms
                ? await client.CreateRoomAsync($"Room {i}", ct: cancellation)
                : await client.JoinRoomAsync(rooms[i % plan.Rooms], cancellation);
            if (i < plan.Rooms) rooms.Add(room.Id);
            senders.Add(new Sender($"S{i}", client, room));
        }
        return senders;
    }

    private static Func<CancellationToken, Task<string?>> TokenOf(SignedIn signedIn) => _ => Task.FromResult<string?>(signedIn.AccessToken);

    private async Task KillAndRestartAsync(ServerProcess server, List<Sender> senders, int kill, CancellationToken cancellation)
    {
        // In the middle of it: everybody is back and has something acknowledged by this server, then a random moment more.
        var before = senders.ConvertAll(sender => sender.AcknowledgedCount);
        var deadline = DateTime.UtcNow + Settling;
        while (senders.Where((sender, i) => sender.AcknowledgedCount == before[i]).Any())
        {
            if (DateTime.UtcNow > deadline) throw new TimeoutException($"{senders.Where((sender, i) => sender.AcknowledgedCount == before[i]).Count()} clients did not come back.");
            await Task.Delay(20, cancellation);
        }
        await Task.Delay(random.Next(10, 500), cancellation);
        await server.KillAsync();
        var acknowledged = senders.Sum(sender => sender.AcknowledgedCount);
        await server.StartAsync(cancellation);
        await output.WriteLineAsync($"kill {kill,2}: {acknowledged,7:N0} acknowledged so far");
    }

    /// <summary>Waits until every client was told of all that the store has.</summary>
    private static async Task SettleAsync(ServerProcess server, List<Sender> senders, CancellationToken cancellation)
    {
        var deadline = DateTime.UtcNow + Settling;
        while (StoreFile.Read(server.StoreFile).Heads is var heads && senders.Any(sender => sender.View.Told != heads[sender.Room.Id]))
        {
            if (DateTime.UtcNow > deadline) break;
            await Task.Delay(50, cancellation);
        }
        foreach (var sender in senders) await sender.FillHolesAsync(cancellation);
    }
}
