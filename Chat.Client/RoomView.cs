using System.Collections.ObjectModel;
using Chat.Client.Rooms;
using Chat.Client.Views;
using Chat.Contracts;

namespace Chat.Client;

/// <summary>
/// A room for a user interface to bind to. It changes only in <see cref="ChatClientOptions.EventContext"/>, or on the pool, one pass at
/// a time, where there is none; one pass brings all that happened since the last.
/// </summary>
public sealed class RoomView : BindableView
{
    private readonly ChatRoom source;
    private readonly RoomGear gear;
    private readonly MessageViews messages;
    private readonly MemberViews members;
    private readonly Titles titles = new();
    private readonly OwnTyping typing;
    private readonly OwnReading reading;

    internal RoomView(ChatRoom source, RoomGear gear) : base(gear.Passes, gear.Gear.Logger)
    {
        (this.source, this.gear) = (source, gear);
        messages = new(gear.Gear.Logger);
        members = new(gear.Gear.Logger);
        typing = new(source.Id, gear);
        reading = new(source, gear);
        Room = source.Room;
        Refresh();
    }

    /// <summary>The room that is shown.</summary>
    public ChatRoom Source => source;

    /// <summary>The room.</summary>
    public Guid Id => source.Id;

    /// <summary>Its name, topic and rules.</summary>
    public Room Room { get; private set => Set(ref field, value); }

    /// <summary>What to call it: its name; of a direct room the names of the others, or the user's own where there are none.</summary>
    public string Title { get; private set => Set(ref field, value); } = "";

    /// <summary>The user's place in it; null until the server has told it.</summary>
    public Member? Membership { get; private set => Set(ref field, value); }

    /// <summary>The room's messages, those in threads aside, and behind them what the user wrote and is not among them yet.</summary>
    public ReadOnlyObservableCollection<MessageView> Messages => messages.List;

    /// <summary>Who is in the room, by name; in rooms above 200 people a part of them.</summary>
    public ReadOnlyObservableCollection<MemberView> Members => members.List;

    /// <summary>How many people are in the room.</summary>
    public int MemberCount { get; private set => Set(ref field, value); }

    /// <summary>How many of them are not offline; 0 before it was told, see <see cref="LoadPeopleAsync"/>.</summary>
    public int OnlineCount { get; private set => Set(ref field, value); }

    /// <summary>The names of others who are typing now.</summary>
    public IReadOnlyList<string> Typing { get; private set => Set(ref field, value); } = [];

    /// <summary>Messages of others that the user has not read, those in threads aside.</summary>
    public int Unread { get; private set => Set(ref field, value); }

    /// <summary>Messages of others that the user has not read and that call it, in threads too.</summary>
    public int UnreadMentions { get; private set => Set(ref field, value); }

    /// <summary>The last message that was read.</summary>
    public long ReadSeq { get; private set => Set(ref field, value); }

    /// <summary>The version up to which all is known here.</summary>
    public long Head { get; private set => Set(ref field, value); }

    /// <summary>Whether changes are known to be missing; they are being fetched.</summary>
    public bool IsBehind { get; private set => Set(ref field, value); }

    /// <summary>Whether there are messages below the first one.</summary>
    public bool HasOlder { get; private set => Set(ref field, value); }

    /// <summary>Whether they are being fetched.</summary>
    public bool IsLoadingOlder { get; private set => Set(ref field, value); }

    /// <summary>Why the room is no longer the user's; null while it is. Nothing else changes then.</summary>
    public RoomRemoval? Removal { get; private set => Set(ref field, value); }

    /// <inheritdoc cref="ChatRoom.LoadOlderAsync"/>
    public Task<bool> LoadOlderAsync(int limit = 50, CancellationToken ct = default) => source.LoadOlderAsync(limit, ct);

    /// <inheritdoc cref="ChatRoom.Trim"/>
    public void Trim(int most) => source.Trim(most);

    /// <inheritdoc cref="ChatRoom.LoadPeopleAsync"/>
    public Task LoadPeopleAsync(CancellationToken ct = default) => source.LoadPeopleAsync(ct);

    /// <summary>Posts a message sooner or later, and shows it at once; see <see cref="ChatClient.Send(SendMessage)"/>.</summary>
    /// <param name="text">1 byte to 16 KB of UTF-8.</param>
    /// <param name="replyToSeq">The message this one answers; null for none.</param>
    /// <exception cref="ChatException">It is not kept: <see cref="ErrorCode.TooLarge"/>, <see cref="ErrorCode.Invalid"/>, <see cref="ErrorCode.Unavailable"/>.</exception>
    public Outgoing Send(string text, long? replyToSeq = null)
    {
        var outgoing = gear.Client!.Send(Id, text, replyToSeq);
        typing.Sent();
        return outgoing;
    }

    /// <summary>The user has read all that is here. Told to the server as soon as there is a connection; never throws.</summary>
    public void MarkRead() => reading.Mark();

    /// <summary>
    /// The user is typing, or has stopped without sending: to be called as often as that is so. The others are told once in 2 s, and
    /// not at all without a connection; never throws.
    /// </summary>
    /// <param name="isTyping">False when the user stopped.</param>
    public void SendTyping(bool isTyping = true) => typing.Set(isTyping);

    internal override void Refresh()
    {
        // In this order: a message leaves the outbox after it has come into the room.
        var outgoing = gear.Outbox.Shown(Id).Where(one => one.Request.ThreadSeq is null).ToList();
        var (window, life, roster, here, me) = source.State.Read(state =>
        {
            (Room, Membership, MemberCount, OnlineCount) = (state.Room, state.Membership, state.Roster.Count, state.People.OnlineCount);
            (Unread, UnreadMentions, ReadSeq) = (state.Unread.Unread, state.Unread.Mentions, state.Unread.ReadSeq);
            (Head, IsBehind, HasOlder) = (state.Sequence.Known, state.Sequence.IsBehind, state.Window.HasOlder);
            return (state.Window.Messages, source.Life, state.Roster.Members, state.People.Here, gear.Me);
        });
        (IsLoadingOlder, Typing, Removal) = (source.IsLoadingOlder, source.Typing, source.Removal);
        Title = titles.Of(Room, Membership, source.State.Me, roster, window);
        messages.Show(window, outgoing, me, life);
        members.Show(roster, here);
        TellChanges();
    }
}
