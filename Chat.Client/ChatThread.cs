using Chat.Client.Rooms;
using Chat.Contracts;

namespace Chat.Client;

/// <summary>
/// A message and what was answered to it, kept current from <see cref="ChatRoom.OpenThread"/> on until it is disposed. Properties are
/// as of now, and lists never change once read.
/// </summary>
public sealed class ChatThread : IDisposable
{
    private readonly RoomState state;
    private readonly RoomGear gear;
    private readonly MessageWindow window;
    private readonly OlderPages older;
    private Message? root;
    private bool isLoading;
    private int life;
    private int isTold;
    private volatile bool isDisposed;

    internal ChatThread(ChatRoom room, long rootSeq, RoomGear gear)
    {
        (Room, RootSeq, this.gear, state) = (room, rootSeq, gear, room.State);
        window = new(gear.Gear.Options.MessagesKept, rootSeq);
        older = new(state.Gate, window, (request, ct) => gear.History(request, ct), Touch);
    }

    /// <summary>Something of it is another; told once for all that happened meanwhile, where events are told.</summary>
    public event EventHandler<ChatThread>? Changed;

    /// <summary>Where it is.</summary>
    public ChatRoom Room { get; }

    /// <summary>The <see cref="Message.Seq"/> of the message that it belongs to.</summary>
    public long RootSeq { get; }

    /// <summary>That message; null until it is here.</summary>
    public Message? Root => Read(() => root);

    /// <summary>The newest messages of the thread by <see cref="Message.Seq"/>, without holes.</summary>
    public IReadOnlyList<Message> Messages => Read(() => window.Messages);

    /// <summary>Whether the last messages were loaded.</summary>
    public bool IsLoaded => Read(() => window.IsLoaded);

    /// <summary>Whether there are messages below the first of <see cref="Messages"/>.</summary>
    public bool HasOlder => Read(() => window.HasOlder);

    /// <summary>Whether a page is on its way.</summary>
    public bool IsLoadingOlder => older.IsUnderway;

    /// <summary>What the user wrote into the thread and is not among <see cref="Messages"/> yet, in the order it was written.</summary>
    public IReadOnlyList<Outgoing> Outgoing => [.. gear.Outbox.Shown(Room.Id).Where(one => one.Request.ThreadSeq == RootSeq)];

    /// <summary>Puts the page below <see cref="Messages"/> before them, as <see cref="ChatRoom.LoadOlderAsync"/> does.</summary>
    /// <param name="limit">Messages, 1 to 200.</param>
    /// <param name="ct">Ends waiting; the page may come all the same.</param>
    /// <returns>Whether there are still older ones.</returns>
    /// <exception cref="ChatException">Refused: <see cref="ErrorCode.NotAMember"/>, <see cref="ErrorCode.NotFound"/>, <see cref="ErrorCode.RateLimited"/>.</exception>
    public Task<bool> LoadOlderAsync(int limit = 50, CancellationToken ct = default) =>
        older.LoadAsync(new GetHistory { RoomId = Room.Id, ThreadSeq = RootSeq }, limit, ct);

    /// <summary>Lets the oldest of <see cref="Messages"/> go; see <see cref="ChatRoom.Trim"/>.</summary>
    /// <param name="most">How many stay, at least 1.</param>
    public void Trim(int most)
    {
        if (most < 1) throw new ArgumentOutOfRangeException(nameof(most), most, "At least one message stays.");
        lock (state.Gate) window.Trim(most);
        Touch();
    }

    /// <summary>Posts into the thread; see <see cref="ChatClient.Send(SendMessage)"/>.</summary>
    /// <param name="text">1 byte to 16 KB of UTF-8.</param>
    /// <exception cref="ChatException">It is not kept: <see cref="ErrorCode.TooLarge"/>, <see cref="ErrorCode.Invalid"/>.</exception>
    public Outgoing Send(string text) =>
        gear.Client!.Send(new SendMessage { RoomId = Room.Id, ClientMessageId = gear.Outbox.NewId(), Text = text, ThreadSeq = RootSeq });

    /// <summary>It is no longer kept current.</summary>
    public void Dispose()
    {
        isDisposed = true;
        Room.Release(this);
    }

    /// <summary>Forgets all, and loads anew what is below what the room's changes will bring. The room is locked.</summary>
    internal void Restart()
    {
        life++;
        window.Restart(state.Sequence.Known + 1);
        root = state.Window.Find(RootSeq);
        Reload();
    }

    /// <summary>Loads what is not here yet. The room is locked.</summary>
    internal void Reload()
    {
        if (isLoading || (window.IsLoaded && root is not null)) return;
        isLoading = true;
        _ = Task.Run(LoadAsync);
    }

    /// <summary>Takes a changed message of the room. The room is locked.</summary>
    internal void Take(Message message)
    {
        if (message.Seq == RootSeq && message.Version >= (root?.Version ?? 0)) root = message;
        window.Put(message);
        if (message.Seq == RootSeq || message.ThreadSeq == RootSeq) Touch();
    }

    /// <summary>Takes a piece of a message that is still being written. The room is locked.</summary>
    internal void Grow(StreamChunk chunk)
    {
        if (window.Grow(chunk) is not null) Touch();
    }

    internal void Touch()
    {
        if (isDisposed || Changed is null || Interlocked.Exchange(ref isTold, 1) is 1) return;
        gear.Queue.Run(() =>
        {
            Volatile.Write(ref isTold, 0);
            if (isDisposed || Changed is not { } handlers) return;
            foreach (var handler in Delegate.EnumerateInvocationList(handlers)) gear.Queue.Call(handler, this, this, nameof(Changed));
        });
    }

    // Never throws: nobody waits for it.
    private async Task LoadAsync()
    {
        int before;
        bool isDone;
        do
        {
            lock (state.Gate) before = life;
            try
            {
                await Task.WhenAll(IsLoaded ? Task.CompletedTask : LoadOlderAsync(), LoadRootAsync()).ConfigureAwait(false);
            }
            catch (Exception e)
            {
                // Tried again at the next connection; whoever loads older messages is told.
                gear.Gear.Logger.ThreadNotLoaded(Room.Id, e);
            }
            lock (state.Gate)
            {
                // Whoever restarted it meanwhile relied on this one.
                isDone = before == life || isDisposed;
                if (isDone) isLoading = false;
            }
        }
        while (!isDone);
    }

    private async Task LoadRootAsync()
    {
        int asked;
        lock (state.Gate)
        {
            if (root is not null) return;
            asked = life;
        }
        var page = await gear.History(new GetHistory { RoomId = Room.Id, AroundSeq = RootSeq, Limit = 1 }, CancellationToken.None).ConfigureAwait(false);
        lock (state.Gate)
        {
            var found = page.Messages.FirstOrDefault(message => message.Seq == RootSeq);
            if (asked == life && found is not null && found.Version > (root?.Version ?? 0)) root = found;
        }
        Touch();
    }

    private T Read<T>(Func<T> what)
    {
        lock (state.Gate) return what();
    }
}
