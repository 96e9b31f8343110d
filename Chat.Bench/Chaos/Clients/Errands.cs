using Chat.Bench.Checking;
using Chat.Client;

namespace Chat.Bench.Chaos.Clients;

/// <summary>What a .NET client has begun and waits for. Begun by one thread, so that the order of sending is known.</summary>
internal sealed class Errands(ChatClient client, Journal journal, string name, bool isStamping)
{
    private readonly Lock gate = new();
    private readonly Dictionary<Guid, int> sent = [];
    private readonly Dictionary<Guid, int> waiting = [];
    private readonly HashSet<Guid> moving = [];

    public int Waiting
    {
        get
        {
            lock (gate) return waiting.Values.Sum();
        }
    }

    /// <summary>Sends a message; nobody waits for it here.</summary>
    public void Send(Guid roomId, int padding)
    {
        int number;
        lock (gate)
        {
            if (moving.Contains(roomId)) return;
            sent[roomId] = number = sent.GetValueOrDefault(roomId) + 1;
            waiting[roomId] = waiting.GetValueOrDefault(roomId) + 1;
        }
        _ = DoAsync(roomId, $"send #{number}", async () =>
        {
            var id = Guid.CreateVersion7();
            var text = $"{name} #{number}{(padding > 0 ? " " + new string('x', padding) : "")}";
            var message = await client.SendMessageAsync(roomId, id, isStamping ? Stamp.On(text) : text);
            journal.Tell(new Acknowledged($"{name} in {roomId}", number, message.AuthorId!.Value, id, StoredMessage.Of(message)));
        });
    }

    /// <summary>Leaves a room, or comes into it; not while something of it is on its way.</summary>
    public void Wander(Guid roomId)
    {
        lock (gate)
        {
            if (waiting.GetValueOrDefault(roomId) > 0) return;
            waiting[roomId] = 1;
            moving.Add(roomId);
        }
        var isIn = client.FindRoom(roomId) is not null;
        _ = DoAsync(roomId, isIn ? "leave" : "join", () => isIn ? client.LeaveRoomAsync(roomId) : client.JoinRoomAsync(roomId));
    }

    private async Task DoAsync(Guid roomId, string what, Func<Task> act)
    {
        try
        {
            await act();
        }
        catch (ChatException e)
        {
            journal.Tell(what, e);
        }
        catch (Exception e)
        {
            // Nothing else may come out of the client: it is shown as what it is.
            journal.Tell(what, e.GetType().Name, e.Message);
        }
        finally
        {
            lock (gate)
            {
                waiting[roomId]--;
                moving.Remove(roomId);
            }
        }
    }
}
