using Chat.Client;

namespace Chat.Bench.Costs;

/// <summary>People with tokens and rooms, and those of them who are connected.</summary>
internal sealed class Crowd(Scene scene) : IAsyncDisposable
{
    private const int AtOnce = 16;
    private const string Nobody = "";

    private readonly List<string> tokens = [];
    private readonly List<RawConnection> connected = [];
    private readonly CancellationTokenSource leaving = new();
    private Task keepingAlive = Task.CompletedTask;

    /// <summary>Messages that all of them were told, each counted once for each connection.</summary>
    public Tally Delivered { get; } = new();

    /// <summary>Of all that they were sent, with the headers of WebSocket frames, without those of TLS and TCP.</summary>
    public Tally Bytes { get; } = new();

    public IReadOnlyList<RawConnection> Connected => connected;

    public int Count => tokens.Count;

    /// <summary>Makes rooms, and people who are in them; nobody is connected afterwards. The first of each room makes it.</summary>
    public async Task GatherAsync(int people, Func<int, IEnumerable<Guid>> roomsOf, CancellationToken cancellation)
    {
        using var http = new HttpClient();
        var signIn = new ChatSignIn(http, scene.Nodes[0].Address);
        tokens.AddRange(Enumerable.Repeat(Nobody, people));
        var made = new HashSet<Guid>();
        var calls = Enumerable.Range(0, people).Select(person => roomsOf(person).Select(room => (Room: room, IsNew: made.Add(room))).ToList()).ToList();
        // Makers first: a room must be there before others join it.
        foreach (var some in (bool[])[true, false])
        {
            await Parallel.ForAsync(0, people, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation }, async (person, token) =>
            {
                if (calls[person].Any(call => call.IsNew) != some) return;
                tokens[person] = (await signIn.AsGuestAsync($"Person {person}", token)).AccessToken;
                await using var connection = await OpenAsync(scene.Nodes[0].Address, person, ChatProtocol.Json, token);
                foreach (var (room, isNew) in calls[person].OrderByDescending(call => call.IsNew))
                    await connection.CallAsync(isNew ? "CreateRoom" : "JoinRoom", isNew ? $$"""{"roomId":"{{room}}","name":"{{room:N}}"}""" : $$"""{"roomId":"{{room}}"}""", token);
                await connection.Answered.Reach(calls[person].Count + 1);
            });
        }
    }

    /// <summary>Connects some, to the addresses in turn, and keeps them alive.</summary>
    public async Task ConnectAsync(int first, int count, ChatProtocol protocol, IReadOnlyList<Uri> addresses, CancellationToken cancellation)
    {
        var fresh = new RawConnection[count];
        await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation }, async (i, token) =>
            fresh[i] = await OpenAsync(addresses[i % addresses.Count], first + i, protocol, token));
        lock (connected) connected.AddRange(fresh);
        if (keepingAlive.IsCompleted) keepingAlive = KeepAliveAsync();
    }

    public async Task DisconnectAsync()
    {
        List<RawConnection> gone;
        lock (connected)
        {
            gone = [.. connected];
            connected.Clear();
        }
        await Task.WhenAll(gone.Select(connection => connection.DisposeAsync().AsTask()));
    }

    public async ValueTask DisposeAsync()
    {
        await leaving.CancelAsync();
        await keepingAlive;
        await DisconnectAsync();
        leaving.Dispose();
    }

    private Task<RawConnection> OpenAsync(Uri address, int person, ChatProtocol protocol, CancellationToken cancellation) =>
        RawConnection.OpenAsync(address, tokens[person], protocol, scene.Trusts, Delivered, Bytes, cancellation);

    private async Task KeepAliveAsync()
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1));
        try
        {
            for (var second = 0; await timer.WaitForNextTickAsync(leaving.Token); second++)
            {
                List<RawConnection> due;
                lock (connected) due = [.. connected.Where((_, i) => i % 10 == second % 10)];
                foreach (var connection in due) await connection.KeepAliveAsync(leaving.Token);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or System.Net.WebSockets.WebSocketException or ObjectDisposedException)
        {
            // They went.
        }
    }
}
