using System.ComponentModel;
using System.Net;
using Chat.Client;
using Chat.Contracts;
using Chat.Samples.Desktop.Gtk;
using static Chat.Samples.Desktop.Gtk.Native;

namespace Chat.Samples.Desktop;

/// <summary>The window: rooms at the left, the open one at the right; in a narrow window one of the two.</summary>
internal sealed class ChatWindow : IDisposable
{
    private readonly ChatView view;
    private readonly Looks looks = new("window.ui");
    private readonly Mirror<RoomView, RoomRow> rooms;
    private readonly Conversation conversation;
    private readonly Composer composer;
    private readonly Timer clock;
    private RoomView? open;

    public ChatWindow(nint application, ChatClient chat)
    {
        view = chat.View;
        gtk_window_set_application(looks["window"], application);
        composer = new(looks);
        conversation = new(chat, looks, composer.Write);
        rooms = new(looks["rooms"], view.Rooms, room => new RoomRow(room));
        // The seconds to the next try go by without anything happening.
        clock = new(_ => Handler.Soon(DrawStatus));

        composer.Finished += Send;
        composer.Typed += () => open?.SendTyping();
        conversation.Seen += See;
        looks["rooms"].On("row-activated", OpenSelected);
        looks["back"].On("clicked", () => adw_leaflet_set_visible_child(looks["leaflet"], looks["sidebar"]));
        looks["window"].On("notify::is-active", See);
        looks["members-popover"].On("show", DrawMembers);
        rooms.Changed += KeepOneOpen;
        view.PropertyChanged += (_, _) => DrawStatus();
        DrawStatus();
        KeepOneOpen();
        Shown.Watch(looks["window"]);
    }

    public void Present() => gtk_window_present(looks["window"]);

    public void Dispose()
    {
        clock.Dispose();
        conversation.Dispose();
        rooms.Dispose();
        looks.Dispose();
    }

    private void OpenSelected()
    {
        if (gtk_list_box_get_selected_row(looks["rooms"]) is not 0 and var row) Open(rooms.Rows[gtk_list_box_row_get_index(row)].Room);
        adw_leaflet_set_visible_child(looks["leaflet"], looks["content"]);
    }

    /// <summary>Rooms come and go: one of them is open, as long as there is one.</summary>
    private void KeepOneOpen()
    {
        if (rooms.Rows.Count is 0)
        {
            open = null;
            DrawEmpty();
            return;
        }
        var row = rooms.Rows.FirstOrDefault(one => one.Room == open) ?? rooms.Rows[0];
        gtk_list_box_select_row(looks["rooms"], row.Widget);
        if (row.Room == open) return;
        Open(row.Room);
        adw_leaflet_set_visible_child(looks["leaflet"], looks["content"]);
    }

    private void Open(RoomView room)
    {
        if (open is not null) open.PropertyChanged -= DrawRoom;
        open = room;
        open.PropertyChanged += DrawRoom;
        DrawRoom(null, new(null));
        room.AskWhoIsHere();
        conversation.Open(room);
        composer.Focus();
    }

    private void Send(string text)
    {
        if (open is null) return;
        try
        {
            open.Send(text);
            conversation.ToEnd();
        }
        catch (ChatException e)
        {
            // Too long, for example: it is not kept, so it stays before its writer.
            composer.Write(text);
            looks["typing"].Label(e.Message);
        }
    }

    private void See()
    {
        if (gtk_window_is_active(looks["window"]) is not 0 && conversation.IsAtEnd) open?.MarkRead();
    }

    private void DrawRoom(object? sender, PropertyChangedEventArgs change)
    {
        if (open is not { } room) return;
        adw_window_title_set_title(looks["title"], room.Title);
        adw_window_title_set_subtitle(looks["title"], Words.People(room));
        looks["typing"].Label(Words.Typing(room.Typing));
        composer.Hint($"Message {room.Title}");
        DrawEmpty();
    }

    private void DrawMembers()
    {
        if (open is not { } room) return;
        var lines = room.Members.OrderBy(member => member.Status is PresenceStatus.Offline)
            .Select(member => $"<span foreground=\"{Colour(member.Status)}\">●</span>  {WebUtility.HtmlEncode(member.Name)}");
        gtk_label_set_markup(looks["members"], string.Join('\n', lines));
    }

    private static string Colour(PresenceStatus status) => status switch
    {
        PresenceStatus.Online => "#2ec27e",
        PresenceStatus.Away or PresenceStatus.DoNotDisturb => "#e5a50a",
        _ => "#9a9996",
    };

    private void DrawEmpty()
    {
        adw_status_page_set_title(looks["empty"], open is null ? "No rooms yet" : "Nothing here yet");
        adw_status_page_set_description(looks["empty"], open is null ? "Rooms that you join appear at the left." : $"Say hello to {WebUtility.HtmlEncode(open.Title)}.");
        if (open is null) gtk_stack_set_visible_child_name(looks["stack"], "empty");
        looks["composer"].Show(open is not null);
    }

    private void DrawStatus()
    {
        var now = DateTimeOffset.UtcNow;
        var trouble = Words.Trouble(view.Status, now);
        if (trouble.Length > 0) looks["banner-text"].Label(trouble);
        gtk_revealer_set_reveal_child(looks["banner"], trouble.Length > 0 ? 1 : 0);
        gtk_spinner_set_spinning(looks["banner-spinner"], trouble.Length > 0 ? 1 : 0);
        looks["my-name"].Label(view.User?.Name ?? "");
        looks["my-state"].Label(Words.State(view.Status.State));
        looks["my-dot"].Style("here", view.Status.State is ChatState.Connected);
        adw_avatar_set_text(looks["my-avatar"], view.User?.Name ?? "");
        clock.Change(trouble.Length > 0 ? TimeSpan.FromSeconds(0.5) : Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }
}
