using Chat.Client.Events;
using Chat.Contracts;

namespace Chat.Client.Sending;

/// <summary>
/// What the user wrote and is not in its room yet, in the order it was written; kept in a file where there is one. It knows
/// no network: <see cref="Lanes"/> bring it out.
/// </summary>
internal sealed class Outbox : IDisposable
{
    private readonly Lock gate = new();
    private readonly List<OutboxItem> items = [];
    private readonly Dictionary<Guid, OutboxItem> byId = [];
    private readonly ClientGear gear;
    private readonly ClientEvents events;
    private readonly OutboxFile? file;
    private Guid? me;
    private long lastOrder;

    /// <exception cref="IOException">The file belongs to another client, or cannot be read or written.</exception>
    public Outbox(ClientGear gear, ClientEvents events)
    {
        (this.gear, this.events) = (gear, events);
        me = gear.Options.SignIn?.Current.User.Id;
        if (gear.Options.OutboxFile is not { } path) return;
        file = new OutboxFile(path, gear.Logger);
        foreach (var entry in file.Entries) Enter(OutboxItem.From(entry));
    }

    /// <summary>There is something to send in a room, from before.</summary>
    public event Action<Guid>? Waiting;

    /// <summary>What the user wrote, in one room or all; what others wrote waits for them.</summary>
    public IReadOnlyList<Outgoing> Shown(Guid? roomId = null)
    {
        lock (gate) return [.. items.Where(item => IsShown(item) && (roomId is null || item.Request.RoomId == roomId)).Select(item => item.Now)];
    }

    /// <summary>Puts a message at the end, to be sent sooner or later. One with the id of a message that is here is that message.</summary>
    /// <exception cref="ChatException">
    /// <see cref="ErrorCode.Conflict"/>: the id belongs to another message. <see cref="ErrorCode.Unavailable"/>: it cannot be kept.
    /// </exception>
    public OutboxItem Add(SendMessage request)
    {
        lock (gate)
        {
            var item = Place(request);
            item.IsPromised = true;
            return item;
        }
    }

    /// <summary>As above, for as long as somebody waits for the answer, and hears of a refusal.</summary>
    /// <returns>The message, and the answer.</returns>
    /// <exception cref="ChatException">As above.</exception>
    public (OutboxItem Item, Task<Message> Answer) AddAwaited(SendMessage request)
    {
        lock (gate)
        {
            var item = Place(request);
            item.Waiters++;
            return (item, item.Answer);
        }
    }

    /// <summary>Somebody no longer waits: a message that nobody else wants is taken back, as far as that goes.</summary>
    public void TakeBack(OutboxItem item)
    {
        lock (gate)
        {
            item.Waiters--;
            if (item.Waiters > 0 || item.IsPromised || item.Now.State is not OutgoingState.Sending || !IsHere(item)) return;
            Forget(item);
        }
        item.Cancel();
    }

    /// <summary>The next one of a room that is to be sent; null for none.</summary>
    public OutboxItem? Next(Guid roomId)
    {
        lock (gate)
        {
            var waiting = items.FindAll(item => item.Request.RoomId == roomId && item.Now.State is OutgoingState.Sending);
            var next = waiting.Find(item => item.IsOf(me));
            // Before the first connection nobody knows whose turn it is: what is new stays behind what an earlier run left.
            return me is null && waiting is [var first, ..] && first != next ? null : next;
        }
    }

    /// <summary>Before its first try a message is on the disk itself.</summary>
    public async Task SettleAsync()
    {
        if (file is null) return;
        try
        {
            await file.FlushAsync().ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // It survives the end of the program at least; not sending it would help nobody.
            gear.Logger.OutboxNotWritten(e);
        }
    }

    /// <summary>The server knows who is there: what was written before that is theirs, and what they wrote goes on.</summary>
    public void Attach(Guid user)
    {
        List<OutboxItem> mine;
        lock (gate)
        {
            me = user;
            GiveUp(items.FindAll(item => !item.IsOf(user)), new ChatException(ErrorCode.Unauthenticated, "Somebody else is signed in now."));
            foreach (var item in items.Where(item => item.Author is null))
            {
                item.Author = user;
                Keep(item);
            }
            mine = items.FindAll(item => item.IsOf(user));
        }
        foreach (var roomId in mine.Select(item => item.Request.RoomId).Distinct()) Waiting?.Invoke(roomId);
    }

    /// <summary>The server has it on disk.</summary>
    public void Sent(OutboxItem item)
    {
        lock (gate)
        {
            file?.Done(item.Now.Id);
            if (IsHere(item)) Change(item, item.Now with { State = OutgoingState.Sent });
        }
    }

    /// <summary>It will not be stored: the one who waits is told, or it is parked.</summary>
    public void Refuse(OutboxItem item, Exception reason)
    {
        lock (gate)
        {
            if (!item.IsPromised)
            {
                Forget(item);
            }
            else if (IsHere(item))
            {
                var refusal = reason as ChatException ?? new ChatException(ErrorCode.Internal, reason.Message, reason);
                Change(item, item.Now with { State = OutgoingState.Failed, Error = refusal });
                Keep(item);
            }
        }
        item.Refuse(reason);
    }

    /// <summary>Nothing is sent for now, in one room or all: whoever waits is told, and what was promised waits for the next start.</summary>
    public void GiveUp(Exception reason, Guid? roomId = null)
    {
        lock (gate) GiveUp(items.FindAll(item => roomId is null || item.Request.RoomId == roomId), reason);
    }

    /// <summary>A message of the user is in its room.</summary>
    public void Arrive(Message message)
    {
        OutboxItem? item;
        lock (gate)
        {
            if (message.ClientMessageId is not { } id || message.AuthorId != me || !byId.TryGetValue(id, out item)) return;
            Forget(item);
        }
        item.Resolve(message);
    }

    /// <summary>The room was loaded afresh, or is gone: what was stored is in it or above it.</summary>
    public void ForgetSent(Guid roomId)
    {
        lock (gate)
            foreach (var item in items.FindAll(item => item.Request.RoomId == roomId && item.Now.State is OutgoingState.Sent)) Remove(item);
    }

    /// <summary>Sends a parked message again.</summary>
    public Outgoing Retry(Guid id)
    {
        lock (gate)
        {
            var parked = Parked(id);
            // The id belongs to something else: only another one can succeed.
            return Anew(parked, parked.Now.Error?.Code is ErrorCode.Conflict ? parked.Request with { ClientMessageId = NewId() } : parked.Request);
        }
    }

    /// <summary>Sends a parked message with another text, under another id.</summary>
    public Outgoing Edit(Guid id, string text)
    {
        lock (gate)
        {
            var parked = Parked(id);
            return Anew(parked, parked.Request with { ClientMessageId = NewId(), Text = text });
        }
    }

    /// <summary>Gives a parked message up.</summary>
    public void Drop(Guid id)
    {
        lock (gate) Forget(Parked(id));
    }

    public void Dispose() => file?.Dispose();

    public Guid NewId() => Guid.CreateVersion7(gear.Time.GetUtcNow());

    private OutboxItem Place(SendMessage request)
    {
        if (byId.TryGetValue(request.ClientMessageId, out var known)) return Again(known, request);
        var item = new OutboxItem
        {
            Now = new Outgoing { Request = request, WrittenAt = gear.Time.GetUtcNow(), State = OutgoingState.Sending },
            Author = me,
            Order = lastOrder + 1,
        };
        Keep(item);
        Enter(item);
        events.Raise(item.Now);
        return item;
    }

    private static OutboxItem Again(OutboxItem known, SendMessage request)
    {
        if (!Same(known.Request, request)) throw new ChatException(ErrorCode.Conflict, "clientMessageId: belongs to another message that is not sent yet.");
        return known.Now.State is OutgoingState.Failed ? throw known.Now.Error! : known;
    }

    private void GiveUp(List<OutboxItem> those, Exception reason)
    {
        foreach (var item in those.FindAll(item => item.Waiters > 0 && item.Now.State is OutgoingState.Sending))
        {
            if (!item.IsPromised) Forget(item);
            item.GiveUp(reason);
        }
    }

    private static bool Same(SendMessage one, SendMessage other) =>
        one.AttachmentIds.SequenceEqual(other.AttachmentIds) && one == other with { AttachmentIds = one.AttachmentIds };

    private Outgoing Anew(OutboxItem parked, SendMessage request)
    {
        var item = new OutboxItem
        {
            Now = parked.Now with { Request = request, State = OutgoingState.Sending, Error = null },
            Author = parked.Author,
            Order = parked.Order,
            IsPromised = true,
        };
        Keep(item);
        if (request.ClientMessageId != parked.Now.Id) file?.Done(parked.Now.Id);
        items[items.IndexOf(parked)] = item;
        byId.Remove(parked.Now.Id);
        byId.Add(item.Now.Id, item);
        events.Raise(item.Now);
        return item.Now;
    }

    private void Change(OutboxItem item, Outgoing now)
    {
        item.Now = now;
        events.Raise(now);
    }

    private void Forget(OutboxItem item)
    {
        // Its id may be another's by now.
        if (!IsHere(item)) return;
        file?.Done(item.Now.Id);
        Remove(item);
    }

    private void Remove(OutboxItem item)
    {
        items.Remove(item);
        byId.Remove(item.Now.Id);
        events.Raise(item.Now);
    }

    private void Enter(OutboxItem item)
    {
        items.Add(item);
        byId.Add(item.Now.Id, item);
        lastOrder = Math.Max(lastOrder, item.Order);
    }

    private void Keep(OutboxItem item)
    {
        try
        {
            file?.Put(item.ToEntry());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            if (!IsHere(item)) throw new ChatException(ErrorCode.Unavailable, "The message cannot be kept: " + e.Message, e);
            gear.Logger.OutboxNotWritten(e);
        }
    }

    private bool IsHere(OutboxItem item) => byId.GetValueOrDefault(item.Now.Id) == item;

    /// <exception cref="ChatException"><see cref="ErrorCode.NotFound"/>: none of the user's that failed has this id.</exception>
    private OutboxItem Parked(Guid id) => byId.GetValueOrDefault(id) is { Now.State: OutgoingState.Failed } item && IsShown(item)
        ? item
        : throw new ChatException(ErrorCode.NotFound, "There is no failed message with this id.");

    private bool IsShown(OutboxItem item) => item.IsOf(me);
}
