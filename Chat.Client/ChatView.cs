using System.Collections.ObjectModel;
using Chat.Client.Rooms;
using Chat.Client.Views;
using Chat.Contracts;

namespace Chat.Client;

/// <summary>
/// A client for a user interface to bind to. It changes only in <see cref="ChatClientOptions.EventContext"/>, or on the pool, one pass at
/// a time, where there is none; one pass brings all that happened since the last.
/// </summary>
public sealed class ChatView : BindableView
{
    private readonly ChatClient source;
    private readonly ViewList<RoomView> rooms;
    private readonly ViewList<Invitation> invitations;

    internal ChatView(ChatClient source, RoomGear gear) : base(gear.Passes, gear.Gear.Logger)
    {
        this.source = source;
        rooms = new(gear.Gear.Logger);
        invitations = new(gear.Gear.Logger);
        (Rooms, Invitations, Status) = (new(rooms), new(invitations), source.Status);
        Refresh();
    }

    /// <summary>The client that is shown.</summary>
    public ChatClient Source => source;

    /// <summary>How it stands to its server.</summary>
    public ChatStatus Status { get; private set => Set(ref field, value); }

    /// <summary>Who is signed in; null before the first connection.</summary>
    public User? User { get; private set => Set(ref field, value); }

    /// <summary>The rooms of the user, by title.</summary>
    public ReadOnlyObservableCollection<RoomView> Rooms { get; }

    /// <summary>The rooms that the user is invited to, the latest first.</summary>
    public ReadOnlyObservableCollection<Invitation> Invitations { get; }

    /// <summary>Messages of others that the user has not read, in all rooms.</summary>
    public int Unread { get; private set => Set(ref field, value); }

    /// <summary>Those that call the user, in all rooms.</summary>
    public int UnreadMentions { get; private set => Set(ref field, value); }

    internal override void Refresh()
    {
        (Status, User) = (source.Status, source.User);
        var all = source.Rooms;
        (Unread, UnreadMentions) = (all.Sum(room => room.Unread), all.Sum(room => room.UnreadMentions));
        rooms.Become([.. all.Select(room => room.View).OrderBy(view => view.Title, StringComparer.CurrentCultureIgnoreCase).ThenBy(view => view.Id)]);
        invitations.Become(source.Invitations);
        TellChanges();
    }
}
