using System.ComponentModel;
using Chat.Client;
using Chat.Contracts;
using Chat.Samples.Desktop.Gtk;
using static Chat.Samples.Desktop.Gtk.Native;

namespace Chat.Samples.Desktop;

/// <summary>A room in the list.</summary>
internal sealed class RoomRow : IRow
{
    private readonly Looks looks = new("room.ui");

    public RoomRow(RoomView room)
    {
        Room = room;
        if (room.Room.Kind is RoomKind.Direct) room.AskWhoIsHere();
        room.PropertyChanged += Draw;
        Draw(null, new(null));
    }

    public RoomView Room { get; }

    public nint Widget => looks["row"];

    public void Dispose()
    {
        Room.PropertyChanged -= Draw;
        looks.Dispose();
    }

    private void Draw(object? sender, PropertyChangedEventArgs change)
    {
        adw_avatar_set_text(looks["avatar"], Room.Title);
        looks["title"].Label(Room.Title);
        looks["preview"].Label(Room.Messages is [.., var last] ? (last.AuthorName.Length > 0 ? $"{(last.IsMine ? "You" : last.AuthorName)}: " : "") + Words.Text(last).ReplaceLineEndings(" ") : Room.Room.Topic);
        looks["badge"].LabelOrNothing(Room.Unread is 0 ? "" : $"{(Room.UnreadMentions > 0 ? "@" : "")}{(Room.Unread > 99 ? "99+" : Room.Unread)}");
        looks["badge"].Style("mention", Room.UnreadMentions > 0);

        // A room of many is always there; between two, what counts is whether the other is.
        var isDirect = Room.Room.Kind is RoomKind.Direct;
        looks["dot"].Show(isDirect);
        looks["dot"].Style("here", Room.OnlineCount > 1);
    }
}
