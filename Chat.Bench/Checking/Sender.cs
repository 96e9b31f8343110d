using System.Collections.Concurrent;
using Chat.Client;
using Chat.Contracts;

namespace Chat.Bench.Checking;

/// <summary>A client that sends numbered messages one after the other, and looks at all that its room shows.</summary>
internal sealed class Sender : IAsyncDisposable
{
    private readonly string name;
    private readonly ChatClient client;
    private readonly ConcurrentQueue<Acknowledged> acknowledged = [];
    private int acknowledgedCount;

    public Sender(string name, ChatClient client, ChatRoom room)
    {
        (this.name, this.client, Room) = (name, client, room);
        View = new View(name, room);
    }

    public ChatRoom Room { get; }

    public View View { get; }

    public IEnumerable<Acknowledged> Acknowledged => acknowledged;

    public int AcknowledgedCount => Volatile.Read(ref acknowledgedCount);

    /// <summary>Sends until the token is cancelled; the last message too is waited for.</summary>
    public async Task SendUntilAsync(CancellationToken stopping)
    {
        for (var number = 1; !stopping.IsCancellationRequested; number++)
        {
            var id = Guid.CreateVersion7();
            var message = await client.SendMessageAsync(Room.Id, id, $"{name} #{number}", ct: CancellationToken.None);
            acknowledged.Enqueue(new Acknowledged(name, number, message.AuthorId!.Value, id, StoredMessage.Of(message)));
            Interlocked.Increment(ref acknowledgedCount);
        }
    }

    /// <summary>Pages in what a reset jumped over.</summary>
    public async Task FillHolesAsync(CancellationToken cancellation)
    {
        foreach (var (after, before) in View.TakeHoles())
        {
            for (var seq = after; ;)
            {
                var page = await client.GetHistoryAsync(new GetHistory { RoomId = Room.Id, AfterSeq = seq, Limit = 200 }, cancellation);
                foreach (var message in page.Messages.Where(message => message.Seq < before)) View.Fill(message);
                if (!page.HasNewer || page.Messages[^1].Seq >= before) break;
                seq = page.Messages[^1].Seq;
            }
        }
    }

    public ValueTask DisposeAsync() => client.DisposeAsync();
}
