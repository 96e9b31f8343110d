using Chat.Bench.Checking;
using Chat.Contracts;

namespace Chat.Bench.Chaos.Clients;

/// <summary>
/// One user with a bare connection to each node, who sends the same client id over two of them at the same moment: to one
/// room, where both must be answered with one message, and to two rooms, where one of them must be refused.
/// </summary>
internal sealed class Twins(IReadOnlyList<Uri> nodes, SignedIn signedIn, Pace pace, Random random, Findings findings) : IAsyncDisposable
{
    public const string Name = "Twins";

    private readonly List<RawConnection> connections = [.. nodes.Select(node => new RawConnection(node, signedIn))];
    private readonly Journal journal = new(Name, isMeasured: false);
    private int number;
    private int underway;

    public Guid UserId => signedIn.User.Id;

    /// <summary>Pairs of which both were answered.</summary>
    public int Answered { get; private set; }

    public ClientStatus Status => new(Name, connections.All(connection => connection.IsUp), underway, new Dictionary<Guid, long>());

    public async Task EnterAsync(Guid roomId, CancellationToken cancellation)
    {
        while (await connections[0].AskAsync<Reply<RoomEntry>>(nameof(IChatHub.JoinRoom), new JoinRoom { RoomId = roomId }, cancellation) is not { Result: not null })
            await Task.Delay(100, cancellation);
    }

    public async Task LiveAsync(IReadOnlyList<Guid> rooms, CancellationToken stopping)
    {
        var living = connections.ConvertAll(connection => connection.LiveAsync(stopping));
        try
        {
            while (true)
            {
                await pace.TurnAsync(random, stopping);
                underway = 1;
                await SendPairAsync(rooms, stopping);
                underway = 0;
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            await Task.WhenAll(living);
        }
    }

    public ClientNews TakeNews() => journal.Take();

    public async ValueTask DisposeAsync()
    {
        foreach (var connection in connections) await connection.DisposeAsync();
    }

    private async Task SendPairAsync(IReadOnlyList<Guid> rooms, CancellationToken cancellation)
    {
        number++;
        var first = random.Next(connections.Count);
        var second = (first + 1 + random.Next(connections.Count - 1)) % connections.Count;
        var places = random.Next(2) is 0 ? [rooms[0], rooms[0]] : rooms.Take(2).ToArray();
        var request = new SendMessage { RoomId = places[0], ClientMessageId = Guid.CreateVersion7(), Text = $"{Name} #{number}" };
        var replies = await Task.WhenAll(
            connections[first].AskAsync<Reply<Message>>(nameof(IChatHub.SendMessage), request, cancellation),
            connections[second].AskAsync<Reply<Message>>(nameof(IChatHub.SendMessage), request with { RoomId = places[1] }, cancellation));
        Judge(request.ClientMessageId, places[0] == places[1], replies);
    }

    private void Judge(Guid clientMessageId, bool isOneRoom, Reply<Message>?[] replies)
    {
        var messages = replies.Select(reply => reply?.Result).OfType<Message>().Select(StoredMessage.Of).Distinct().ToList();
        if (messages.Count > 1) findings.Add(Flaw.Doubled, $"{clientMessageId} was acknowledged as two: {string.Join(" and ", messages)}");
        if (messages.Count > 0) journal.Tell(new Acknowledged($"{Name} in {messages[0].RoomId}", number, UserId, clientMessageId, messages[0]));
        if (replies.All(reply => reply?.Error is { Code: ErrorCode.Conflict })) findings.Add(Flaw.Lost, $"{clientMessageId} was refused twice as a repeat, of nothing");
        foreach (var error in replies.Select(reply => reply?.Error).OfType<Error>())
        {
            if (error.Code is ErrorCode.Conflict && !isOneRoom) continue;
            journal.Tell($"send #{number}", WireName.Of(error.Code), error.Message);
        }
        if (replies.All(reply => reply is not null)) Answered++;
    }
}
