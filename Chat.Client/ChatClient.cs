using Chat.Client.Connecting;
using Chat.Client.Events;
using Chat.Client.Files;
using Chat.Client.Rooms;
using Chat.Client.Sending;
using Chat.Contracts;

namespace Chat.Client;

/// <summary>
/// A user's connection to a Chat server that keeps itself up: it reconnects with back-off, fetches what was missed, and
/// sends what waits once and in order. Events come one at a time, in order; handlers should be quick, and one that throws
/// is logged and harms nothing. Safe for use by many threads.
/// </summary>
public sealed partial class ChatClient : IAsyncDisposable
{
    private readonly ClientGear gear;
    private readonly EventQueue queue;
    private readonly ClientEvents events;
    private readonly RoomBook book;
    private readonly Line line = new();
    private readonly Pulse pulse;
    private readonly Greeting greeting;
    private readonly Calls calls;
    private readonly Postman postman;
    private readonly Outbox outbox;
    private readonly Lanes lanes;
    private readonly ClientLife life;
    private readonly FileTransfer files;

    /// <summary>A client that does nothing yet; see <see cref="StartAsync"/>.</summary>
    /// <exception cref="ArgumentException">An option makes no sense; the message names it.</exception>
    /// <exception cref="IOException">The outbox file belongs to another client, or cannot be read or written.</exception>
    /// <exception cref="NotSupportedException">MessagePack, in a program that is trimmed or compiled ahead of time.</exception>
    public ChatClient(ChatClientOptions options)
    {
        OptionsCheck.Check(options);
        if (options.Protocol is ChatProtocol.MessagePack) MessagePackWire.Demand();
        gear = new(options);
        var backoff = new Backoff(options.FirstBackoff, options.LongestBackoff, options.Random);
        queue = new(gear);
        events = new(queue, this);
        outbox = new(gear, events);
        book = new(gear, queue, events, outbox, this);
        events.Stated += FollowState;
        pulse = new(gear);
        greeting = new(gear, book, pulse);
        calls = new(line, gear.Time);
        postman = new(gear, calls, book, greeting, backoff);
        lanes = new(outbox, postman);
        line.WasCut += _ =>
        {
            if (postman.Cut is { } reason) outbox.GiveUp(reason);
        };
        files = new(options);
        life = new(line, new ConnectionLoop(gear, new LinkMaker(gear, book, backoff, events), line, greeting, events));
    }

    /// <summary>The state changed.</summary>
    public event EventHandler<ChatStatus>? StatusChanged
    {
        add => events.StatusChanged += value;
        remove => events.StatusChanged -= value;
    }

    /// <summary>The user came into a room, here or on another device; also each room of the first connection.</summary>
    public event EventHandler<ChatRoom>? RoomAdded
    {
        add => events.RoomAdded += value;
        remove => events.RoomAdded -= value;
    }

    /// <summary>A room is no longer the user's: left, taken out, or deleted; <see cref="ChatRoom.Removal"/> says why.</summary>
    public event EventHandler<ChatRoom>? RoomRemoved
    {
        add => events.RoomRemoved += value;
        remove => events.RoomRemoved -= value;
    }

    /// <summary>Something to show once.</summary>
    public event EventHandler<Notice>? NoticeGiven
    {
        add => events.NoticeGiven += value;
        remove => events.NoticeGiven -= value;
    }

    /// <summary>A session of the user was revoked.</summary>
    public event EventHandler<SessionRevoked>? SessionRevoked
    {
        add => events.SessionRevoked += value;
        remove => events.SessionRevoked -= value;
    }

    /// <summary>The user is invited to a room; also told, at each connection, for those that were not answered yet.</summary>
    public event EventHandler<Invitation>? InvitationGiven
    {
        add => events.InvitationGiven += value;
        remove => events.InvitationGiven -= value;
    }

    /// <summary>An invitation is no more: taken, turned down or taken back.</summary>
    public event EventHandler<InvitationEnded>? InvitationEnded
    {
        add => events.InvitationEnded += value;
        remove => events.InvitationEnded -= value;
    }

    /// <summary>A message in the outbox was added, has come further, or is no longer in <see cref="Outgoing"/>.</summary>
    public event EventHandler<Outgoing>? OutgoingChanged
    {
        add => events.OutgoingChanged += value;
        remove => events.OutgoingChanged -= value;
    }

    /// <summary>The node stops soon; the client connects again at the given moment by itself.</summary>
    public event EventHandler<Draining>? Draining
    {
        add => events.Draining += value;
        remove => events.Draining -= value;
    }

    /// <summary>The state, as of now.</summary>
    public ChatStatus Status => events.Status;

    /// <summary>
    /// The state as it is, at once, and then as it becomes. Whoever reads slowly gets the latest and not what was between. It
    /// ends when the client is disposed; any number may watch.
    /// </summary>
    /// <param name="ct">Ends it with an <see cref="OperationCanceledException"/>.</param>
    public IAsyncEnumerable<ChatStatus> WatchStatusAsync(CancellationToken ct = default) => events.Board.WatchAsync(ct);

    /// <summary>Who is signed in; null before the first connection.</summary>
    public User? User => book.Me;

    /// <summary>The rooms of the user, as of now.</summary>
    public IReadOnlyList<ChatRoom> Rooms => book.Rooms;

    /// <summary>The rooms that the user is invited to, the latest first.</summary>
    public IReadOnlyList<Invitation> Invitations => book.Invitations.Open;

    /// <summary>What the server allows; null before the first connection.</summary>
    public ServerLimits? Limits => greeting.Limits;

    /// <summary>How long the server took to answer, measured every <see cref="ChatClientOptions.PingInterval"/>; null before the first time.</summary>
    public TimeSpan? RoundTrip => pulse.RoundTrip;

    /// <summary>A room of the user; null where it is none.</summary>
    public ChatRoom? FindRoom(Guid roomId) => book.Find(roomId);

    /// <summary>
    /// Connects, for as long as it takes, and answers when all rooms are current. From then on the client stays connected
    /// by itself. After <see cref="ChatState.Offline"/>, <see cref="ChatState.SignedOut"/> or <see cref="ChatState.Stopped"/> it can
    /// be started again.
    /// </summary>
    /// <param name="ct">Ends trying; the client is stopped then.</param>
    /// <exception cref="ChatException">
    /// It makes no sense: <see cref="ErrorCode.Unauthenticated"/>, <see cref="ErrorCode.UnsupportedVersion"/>.
    /// </exception>
    /// <exception cref="InvalidOperationException">It is started already.</exception>
    public Task StartAsync(CancellationToken ct = default) => life.StartAsync(ct);

    /// <summary>
    /// Disconnects. Requests that still wait are given up with <see cref="ErrorCode.Unavailable"/>, and so are messages that
    /// somebody awaits; those that were only <see cref="Send(SendMessage)">sent</see> wait for the next start. Rooms stay as they are.
    /// </summary>
    /// <param name="ct">Ends waiting for it; it is stopped all the same.</param>
    public Task StopAsync(CancellationToken ct = default) => life.StopAsync(ct);

    /// <summary>
    /// The network is back, or somebody looks: while the client waits for its next try, that begins now; while it is connected,
    /// the connection must answer within 2 s, or another one is made at once. It does nothing to a client that is not started.
    /// Sleep of the machine, and changes of its network (<see cref="ChatClientOptions.WatchesNetwork"/>), are noticed without it.
    /// </summary>
    public void RetryNow() => life.RetryNow();

    /// <summary>Asks over drops, and enters the record that the answer holds: its event may still be on its way.</summary>
    private async Task<T> ChangeAsync<T>(Func<IChatHub, Task<Reply<T>>> call, CancellationToken ct) where T : RoomRecord
    {
        var record = await calls.AskAsync(call, ct).OrThrow().ConfigureAwait(false);
        if (book.Take(record)) calls.CatchUp?.Shortly(record.RoomId);
        return record;
    }

    /// <summary>Disconnects for good. Not to be waited for by blocking inside a handler of an event.</summary>
    public async ValueTask DisposeAsync()
    {
        await life.DisposeAsync().ConfigureAwait(false);
        book.Gear.Close();
        events.Board.Close();
        await queue.DisposeAsync().ConfigureAwait(false);
        files.Dispose();
        outbox.Dispose();
    }
}
