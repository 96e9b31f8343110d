using System.Collections.Concurrent;
using Chat.Client.Events;
using Chat.Client.Feeds;
using Chat.Client.Sending;
using Chat.Client.Views;
using Chat.Contracts;

namespace Chat.Client.Rooms;

/// <summary>What all rooms of a client use, and who is to be told that something of one is another.</summary>
internal sealed class RoomGear
{
    // Beside the book: the outbox tells while it is locked, and the book locks the outbox.
    private readonly ConcurrentDictionary<Guid, ChatRoom> rooms = [];

    public RoomGear(ClientGear gear, EventQueue queue, ClientEvents events, Outbox outbox, ChatClient? client)
    {
        (Gear, Queue, Outbox, Client) = (gear, queue, outbox, client);
        Passes = new(gear);
        Postings = new(Posting.Skip);
        History = (request, ct) => client!.GetHistoryAsync(request, ct);
        events.Touched += () => View?.Mark();
        events.OutgoingTouched += roomId =>
        {
            if (rooms.TryGetValue(roomId, out var room)) room.TouchOutgoing();
        };
    }

    public ClientGear Gear { get; }

    public EventQueue Queue { get; }

    public Outbox Outbox { get; }

    /// <summary>Null only where a test has no use for it.</summary>
    public ChatClient? Client { get; }

    public Passes Passes { get; }

    /// <summary>Who is signed in; null before the first connection.</summary>
    public User? Me { get; set; }

    /// <summary>Newly posted messages of all rooms.</summary>
    public Feed<Posting> Postings { get; }

    /// <summary>Asks the server for a page.</summary>
    public Func<GetHistory, CancellationToken, Task<History>> History { get; set; }

    /// <summary>The client's view; null as long as nobody asked for it.</summary>
    public ChatView? View { get; set; }

    public void Enter(ChatRoom room) => rooms[room.Id] = room;

    public void Leave(ChatRoom room) => rooms.TryRemove(room.Id, out _);

    /// <summary>Something of all rooms may be another.</summary>
    public void TouchAll()
    {
        foreach (var room in rooms.Values) room.Touch();
        View?.Mark();
    }

    /// <summary>The connection is lost.</summary>
    public void Drop()
    {
        foreach (var room in rooms.Values) room.Drop();
    }

    /// <summary>The client is disposed: nothing will change any more.</summary>
    public void Close()
    {
        foreach (var room in rooms.Values) room.Close();
        Postings.Close();
        Passes.Close();
    }
}
