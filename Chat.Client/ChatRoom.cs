using Chat.Client.Events;
using Chat.Client.Rooms;
using Chat.Contracts;

namespace Chat.Client;

/// <summary>
/// A room of the user, kept current by itself. Properties are as of now, and lists never change once read; events come one
/// at a time, in order, a little later. Each change of the room is told once: by an event of its own or within a
/// <see cref="Reset"/>.
/// </summary>
public sealed partial class ChatRoom
{
    private readonly RoomState state;
    private readonly EventQueue events;
    private readonly RoomGear gear;

    internal ChatRoom(RoomState state, RoomGear gear)
    {
        (this.state, this.gear, events) = (state, gear, gear.Queue);
        older = new(state.Gate, state.Window, (request, ct) => gear.History(request, ct), Touch);
        typists = new(gear.Gear.Time, TellTyping);
    }

    /// <summary>A message was posted, edited, deleted or reacted to; also one that is no longer among <see cref="Messages"/>.</summary>
    public event EventHandler<Message>? MessageChanged;

    /// <summary>A member joined, left, or has another role or name.</summary>
    public event EventHandler<Member>? MemberChanged;

    /// <summary>The room's name, topic or rules changed.</summary>
    public event EventHandler<Room>? RoomChanged;

    /// <summary>Too much was missed to tell it one by one: everything of the room is to be read anew.</summary>
    public event EventHandler<RoomSync>? Reset;

    /// <summary>The read marker moved, here or on another device of the user.</summary>
    public event EventHandler<ReadMarker>? ReadMarkerMoved;

    /// <summary>Somebody else has read on; told in rooms of up to 50 members.</summary>
    public event EventHandler<Reader>? ReaderMoved;

    /// <summary>Somebody is typing, or stopped; also told when it ends by itself, 6 s after the last notice or with the connection.</summary>
    public event EventHandler<TypingNotice>? TypingChanged;

    /// <summary>Somebody came, went, or wants to be seen otherwise.</summary>
    public event EventHandler<PresenceNotice>? PresenceChanged;

    /// <summary>A piece of a message that is still being written.</summary>
    public event EventHandler<StreamChunk>? StreamChunked;

    /// <summary>A message that is still being written has more text, as <see cref="Messages"/> has it now.</summary>
    public event EventHandler<Message>? MessageGrew;

    /// <summary>The room.</summary>
    public Guid Id => state.Id;

    /// <summary>Its name, topic and rules.</summary>
    public Room Room => state.Read(s => s.Room);

    /// <summary>The user's place in it; null until the server has told it.</summary>
    public Member? Membership => state.Read(s => s.Membership);

    /// <summary>The newest messages that are in no thread, by <see cref="Message.Seq"/>, at most <see cref="ChatClientOptions.MessagesKept"/> and what was loaded since the last <see cref="Trim"/>.</summary>
    public IReadOnlyList<Message> Messages => state.Read(s => s.Window.Messages);

    /// <summary>What the user wrote and is not among <see cref="Messages"/> yet, in the order it was written; in threads too.</summary>
    public IReadOnlyList<Outgoing> Outgoing => gear.Outbox.Shown(Id);

    /// <summary>Whether there are messages below the first of <see cref="Messages"/>.</summary>
    public bool HasOlder => state.Read(s => s.Window.HasOlder);

    /// <summary>Who is in the room, by name; in rooms above 200 people a part of them.</summary>
    public IReadOnlyList<Member> Members => state.Read(s => s.Roster.Members);

    /// <summary>How many people are in the room; in rooms above 200 exact after each reconnect.</summary>
    public int MemberCount => state.Read(s => s.Roster.Count);

    /// <summary>The version up to which all is known here.</summary>
    public long Head => state.Read(s => s.Sequence.Known);

    /// <summary>Whether changes are known to be missing; they are being fetched.</summary>
    public bool IsBehind => state.Read(s => s.Sequence.IsBehind);

    /// <summary>The last message that was read.</summary>
    public long ReadSeq => state.Read(s => s.Unread.ReadSeq);

    /// <summary>Messages of others above it; system messages, deleted ones and those in threads not counted.</summary>
    public int Unread => state.Read(s => s.Unread.Unread);

    /// <summary>Messages of others above it that call the user, in threads too.</summary>
    public int UnreadMentions => state.Read(s => s.Unread.Mentions);

    /// <summary>Why it is no longer the user's; null while it is.</summary>
    public RoomRemoval? Removal { get; internal set; }

    internal RoomState State => state;

    /// <summary>Records that were taken, in their order.</summary>
    /// <param name="records">Which.</param>
    /// <param name="above">Where they were fetched: the version up to which all was known; null where each came in its turn.</param>
    internal void Tell(IReadOnlyList<RoomRecord> records, long? above = null)
    {
        foreach (var record in records)
        {
            Tell(record);
            if (!changes.IsIdle) changes.Put(ChangeOf(record));
            if (record is Message message) Tell(message, isNew: above is { } known ? message.Seq > known : message.Version == message.Seq);
        }
        if (records.Count > 0) Touch();
    }

    /// <summary>The room was loaded afresh.</summary>
    /// <param name="snapshot">As it is now.</param>
    /// <param name="missed">What was not told; null for nothing.</param>
    internal void Tell(RoomSync snapshot, MessageGap? missed)
    {
        Life++;
        events.Raise(Reset, this, snapshot, nameof(Reset));
        if (!changes.IsIdle) changes.Put(new RoomReset(Id));
        if (missed is not null && !gear.Postings.IsIdle) gear.Postings.Put(new(null, missed));
        foreach (var thread in threads) thread.Restart();
        Touch();
    }

    internal void Tell(TypingNotice notice)
    {
        TellTyping(notice);
        if (notice.UserId != state.Me) typists.Hear(notice);
        Touch();
    }

    internal void Tell(PresenceNotice notice)
    {
        lock (state.Gate) state.People.Hear(notice);
        events.Raise(PresenceChanged, this, notice, nameof(PresenceChanged));
        Touch();
    }

    internal void Tell(Reader reader) => events.Raise(ReaderMoved, this, reader, nameof(ReaderMoved));

    /// <summary>A piece of a message that is still being written.</summary>
    internal void Tell(StreamChunk chunk)
    {
        events.Raise(StreamChunked, this, chunk, nameof(StreamChunked));
        foreach (var thread in threads) thread.Grow(chunk);
        if (state.Window.Grow(chunk) is not { } grown) return;
        events.Raise(MessageGrew, this, grown, nameof(MessageGrew));
        Touch();
    }

    internal void Move(ReadMarker marker)
    {
        state.Move(marker);
        events.Raise(ReadMarkerMoved, this, marker, nameof(ReadMarkerMoved));
        Touch();
    }

    private void Tell(RoomRecord record)
    {
        if (record is Message message) events.Raise(MessageChanged, this, message, nameof(MessageChanged));
        if (record is Member member) events.Raise(MemberChanged, this, member, nameof(MemberChanged));
        if (record is Room room) events.Raise(RoomChanged, this, room, nameof(RoomChanged));
    }

    private void Tell(Message message, bool isNew)
    {
        foreach (var thread in threads) thread.Take(message);
        if (!isNew) return;
        if (message.AuthorId is { } author) typists.Stop(author);
        if (message.DeletedAt is null && !gear.Postings.IsIdle) gear.Postings.Put(new(message, null));
    }

    private void TellTyping(TypingNotice notice)
    {
        events.Raise(TypingChanged, this, notice, nameof(TypingChanged));
        Touch();
    }

    private static RoomChange ChangeOf(RoomRecord record) => record switch
    {
        Message message => new MessageChange(message),
        Member member => new MemberChange(member),
        _ => new RoomInfoChange((Room)record),
    };
}
