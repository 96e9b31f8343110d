using Chat.Client;
using Chat.Client.Events;
using Chat.Client.Rooms;
using Chat.Client.Sending;
using Chat.Contracts;
using Chat.Tests.Client.Sequencing;

namespace Chat.Tests.Client;

/// <summary>A client's rooms without a network, with one room in them.</summary>
internal sealed class BookScene : IAsyncDisposable
{
    public static readonly Guid Me = Guid.NewGuid();

    public BookScene(SynchronizationContext? context = null, int kept = 500, TimeProvider? time = null)
    {
        var gear = new ClientGear(new ChatClientOptions
        {
            Server = new Uri("http://localhost"),
            MessagesKept = kept,
            EventContext = context,
            TimeProvider = time ?? TimeProvider.System,
        });
        Queue = new(gear);
        Events = new(Queue, this);
        Outbox = new(gear, Events);
        Book = new(gear, Queue, Events, Outbox);
    }

    public EventQueue Queue { get; }

    public ClientEvents Events { get; }

    public Outbox Outbox { get; }

    public RoomBook Book { get; }

    public ChatRoom Room => Book.Find(RoomTruth.RoomId)!;

    public void Connect(string epoch = "first", long head = 1, RoomSync? sync = null)
    {
        Book.Expect();
        Book.Apply(Some.Connected(Me, epoch, Some.MyRoom(RoomTruth.RoomId, Me, head, sync)));
    }

    /// <summary>The room afresh, with these messages.</summary>
    public static RoomSync Snapshot(long head, params IEnumerable<Message> messages) =>
        Some.Sync(RoomTruth.RoomId, "first", head, reset: true, [Some.Room(RoomTruth.RoomId), .. messages]);

    public static Message Say(long seq) => Some.Message(RoomTruth.RoomId, seq);

    public ValueTask DisposeAsync()
    {
        Book.Gear.Close();
        return Queue.DisposeAsync();
    }
}
