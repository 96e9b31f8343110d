using Chat.Client.Feeds;
using Chat.Client.Rooms;
using Chat.Contracts;

namespace Chat.Client;

public sealed partial class ChatRoom
{
    private readonly Feed<RoomChange> changes = new(missed => [new RoomReset(missed[0].RoomId)]);
    private readonly Lock viewGate = new();
    private readonly OlderPages older;
    private readonly Typists typists;
    private volatile ChatThread[] threads = [];
    private volatile RoomView? view;

    /// <summary>The names of those who are typing now, in the order in which they began; the user's own is not among them.</summary>
    public IReadOnlyList<string> Typing => typists.Names;

    /// <summary>
    /// Who is not offline, by user: as far as it was told since the last connection; of all members (in rooms above 200 people of the
    /// first 200) after <see cref="LoadPeopleAsync"/>.
    /// </summary>
    public IReadOnlyDictionary<Guid, UserPresence> Presence => state.Read(s => s.People.Here);

    /// <summary>How many members are not offline; 0 before it was told, see <see cref="LoadPeopleAsync"/>.</summary>
    public int OnlineCount => state.Read(s => s.People.OnlineCount);

    /// <summary>Whether <see cref="LoadOlderAsync"/> is under way.</summary>
    public bool IsLoadingOlder => older.IsUnderway;

    /// <summary>The room for a user interface to bind to; made when it is first asked for, and kept up from then on. Any thread may ask.</summary>
    public RoomView View
    {
        get
        {
            if (view is { } made) return made;
            lock (viewGate)
            {
                if (view is not null) return view;
                view = new RoomView(this, gear);
                // Something may have changed while it was filled.
                view.Mark();
                return view;
            }
        }
    }

    internal Typists Typists => typists;

    /// <summary>How often the room was loaded afresh.</summary>
    internal int Life { get; private set; }

    /// <summary>
    /// Puts the page below <see cref="Messages"/> before them. Waits for a connection and is repeated over drops; whoever calls it
    /// while a page is on its way waits for that one. As many more messages are held from then on, until <see cref="Trim"/>.
    /// </summary>
    /// <param name="limit">Messages, 1 to 200; where texts are long fewer come.</param>
    /// <param name="ct">Ends waiting; the page may come all the same.</param>
    /// <returns>Whether there are still older ones.</returns>
    /// <exception cref="ChatException">Refused: <see cref="ErrorCode.NotAMember"/>, <see cref="ErrorCode.RateLimited"/>.</exception>
    /// <exception cref="InvalidOperationException">The client is not started.</exception>
    public Task<bool> LoadOlderAsync(int limit = 50, CancellationToken ct = default) =>
        older.LoadAsync(new GetHistory { RoomId = Id }, limit, ct);

    /// <summary>Lets the oldest of <see cref="Messages"/> go, as when the reader is back at their end.</summary>
    /// <param name="most">How many stay, at least 1; from now on at most that many or <see cref="ChatClientOptions.MessagesKept"/>, whichever is more.</param>
    public void Trim(int most)
    {
        if (most < 1) throw new ArgumentOutOfRangeException(nameof(most), most, "At least one message stays.");
        lock (state.Gate) state.Window.Trim(most);
        Touch();
    }

    /// <summary>
    /// Asks who is here, and from now on at each connection: <see cref="Presence"/> and <see cref="OnlineCount"/> stay current by
    /// themselves. Waits for a connection and is repeated over drops.
    /// </summary>
    /// <param name="ct">Ends waiting and repeating.</param>
    /// <exception cref="ChatException">Refused.</exception>
    public async Task LoadPeopleAsync(CancellationToken ct = default)
    {
        lock (state.Gate) state.People.IsWanted = true;
        await gear.Client!.ListMembersAsync(new ListMembers { RoomId = Id, Limit = 200 }, ct).ConfigureAwait(false);
    }

    /// <summary>Opens a thread: it is loaded in the background and kept current until it is disposed.</summary>
    /// <param name="rootSeq">The <see cref="Message.Seq"/> of the message that the thread belongs to.</param>
    public ChatThread OpenThread(long rootSeq)
    {
        var thread = new ChatThread(this, rootSeq, gear);
        lock (state.Gate)
        {
            threads = [.. threads, thread];
            thread.Restart();
        }
        return thread;
    }

    /// <summary>
    /// What changes in the room from this call on: each change once, in order, also what was missed while reconnecting. Where more
    /// than about 500 changes were missed, or the reader is more than 1,000 behind, one <see cref="RoomReset"/> stands for them.
    /// It ends when the room is no longer the user's or the client is disposed. Several can read beside each other, each of its own call; one that
    /// is not read is held until then, or until it is cancelled.
    /// </summary>
    /// <param name="ct">Ends it with an <see cref="OperationCanceledException"/>.</param>
    public IAsyncEnumerable<RoomChange> ChangesAsync(CancellationToken ct = default) => changes.Read(ct);

    /// <summary>Something that is shown is another.</summary>
    internal void Touch()
    {
        view?.Mark();
        gear.View?.Mark();
    }

    /// <summary>What waits to be sent is another. Nothing is locked here.</summary>
    internal void TouchOutgoing()
    {
        Touch();
        foreach (var thread in threads) thread.Touch();
    }

    /// <summary>A page of members is about to be asked for.</summary>
    internal ExpectedPeople ExpectPeople() => new(state, Touch);

    /// <summary>There is a connection, and the room was told what it missed.</summary>
    internal void Attach()
    {
        state.People.Doubt();
        if (state.People.IsWanted) _ = ReloadPeopleAsync();
        foreach (var thread in threads) thread.Reload();
    }

    /// <summary>The connection is lost.</summary>
    internal void Drop() => typists.Clear();

    /// <summary>Nothing will change any more.</summary>
    internal void Close()
    {
        typists.Clear();
        changes.Close();
        Touch();
    }

    internal void Release(ChatThread thread)
    {
        lock (state.Gate) threads = [.. threads.Where(one => one != thread)];
    }

    private async Task ReloadPeopleAsync()
    {
        try
        {
            await LoadPeopleAsync().ConfigureAwait(false);
        }
        catch (Exception e)
        {
            // Asked for again at the next connection.
            gear.Gear.Logger.PeopleNotLoaded(Id, e);
        }
    }
}
