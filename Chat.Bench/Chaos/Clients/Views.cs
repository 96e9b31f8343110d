using Chat.Bench.Checking;
using Chat.Client;

namespace Chat.Bench.Chaos.Clients;

/// <summary>What one client was shown, room by room, over leaving and coming back.</summary>
internal sealed class Views
{
    private const int Kept = 200;

    private readonly string name;
    private readonly Lock gate = new();
    private List<View> views = [];

    public Views(string name, ChatClient client, Action<ChatRoom> added)
    {
        this.name = name;
        client.RoomAdded += (_, room) =>
        {
            Add(room);
            added(room);
        };
        client.RoomRemoved += (_, room) => Close(room.Id);
    }

    public IReadOnlyList<ShownRoom> Shown
    {
        get
        {
            lock (gate) return [.. views.Select(view => view.Shown)];
        }
    }

    /// <summary>What was checked is let go.</summary>
    public void Trim()
    {
        lock (gate)
        {
            views = [.. views.Where(view => view.IsOpen)];
            foreach (var view in views) view.Trim(Kept);
        }
    }

    private void Add(ChatRoom room)
    {
        lock (gate) views.Add(new View(name, room));
    }

    private void Close(Guid roomId)
    {
        lock (gate)
        {
            foreach (var view in views) view.IsOpen &= view.RoomId != roomId;
        }
    }
}
