using Chat.Client;
using Chat.Samples.Desktop.Gtk;
using static Chat.Samples.Desktop.Gtk.Native;

namespace Chat.Samples.Desktop;

/// <summary>
/// The messages of the open room. It stays at the end unless the reader has scrolled up, and fetches older ones when the
/// reader comes near the top, without moving what is being read.
/// </summary>
internal sealed class Conversation : IDisposable
{
    private const double Near = 120;
    private const int Kept = 500;

    private readonly ChatClient chat;
    private readonly Looks looks;
    private readonly nint place;
    private readonly Action<string> write;
    private RoomView? room;
    private Mirror<MessageView, MessageRow>? rows;
    private MessageRow? first;
    private bool isAtEnd = true;
    private bool isLonger;
    private (double Value, double Upper, double Page) last;

    /// <param name="chat">Whose messages.</param>
    /// <param name="looks">Of the window.</param>
    /// <param name="write">Puts a text before the user, to be written on.</param>
    public Conversation(ChatClient chat, Looks looks, Action<string> write)
    {
        (this.chat, this.looks, this.write) = (chat, looks, write);
        place = gtk_scrolled_window_get_vadjustment(looks["scroller"]);
        place.On("changed", SettleSoon);
        place.On("value-changed", Notice);
        looks["to-end-button"].On("clicked", ToEnd);
    }

    /// <summary>The reader sees the newest message.</summary>
    public event Action? Seen;

    public bool IsAtEnd => isAtEnd;

    public void Open(RoomView opened)
    {
        rows?.Dispose();
        room = opened;
        first = null;
        isAtEnd = true;
        rows = new(looks["messages"], opened.Messages, message => new MessageRow(message, this));
        rows.Changed += Arrange;
        Arrange();
        ToEnd();
    }

    /// <summary>The message that another one answers, where it is here.</summary>
    public MessageView? Quoted(MessageView answer) =>
        (answer.Message?.ReplyToSeq ?? answer.Outgoing?.Request.ReplyToSeq) is { } seq ? room?.Messages.FirstOrDefault(one => one.Message?.Seq == seq) : null;

    public void Retry(MessageView message) => chat.RetryOutgoing(message.Outgoing!.Id);

    public void Drop(MessageView message) => chat.DropOutgoing(message.Outgoing!.Id);

    public void Edit(MessageView message)
    {
        write(message.Text);
        Drop(message);
    }

    public void Dispose() => rows?.Dispose();

    public void ToEnd()
    {
        isAtEnd = true;
        Settle();
    }

    private void Arrange()
    {
        MessageRow? before = null;
        foreach (var row in rows!.Rows)
        {
            row.PlaceBehind(before);
            before = row;
        }
        isLonger |= first is not null && rows.Rows.Count > 0 && rows.Rows[0] != first;
        first = rows.Rows.Count > 0 ? rows.Rows[0] : null;
        gtk_stack_set_visible_child_name(looks["stack"], rows.Rows.Count > 0 ? "messages" : "empty");
        if (isAtEnd) Seen?.Invoke();
    }

    // The list has another height: after it is laid out, for while it is a new value would be overlooked.
    private void SettleSoon() => Handler.Soon(Settle);

    private void Settle()
    {
        var upper = gtk_adjustment_get_upper(place);
        if (isAtEnd) gtk_adjustment_set_value(place, upper - gtk_adjustment_get_page_size(place));
        // Older ones came in above what is being read.
        else if (isLonger && upper > last.Upper) gtk_adjustment_set_value(place, upper - (last.Upper - last.Value));
        isLonger &= upper == last.Upper;
        last = Now();
    }

    private void Notice()
    {
        var now = Now();
        // Only a reader goes up while nothing has another height.
        if (now.Value + now.Page >= now.Upper - 4) isAtEnd = true;
        else if (now.Value < last.Value && now.Upper == last.Upper && now.Page == last.Page) isAtEnd = false;
        last = now;
        gtk_revealer_set_reveal_child(looks["to-end"], isAtEnd ? 0 : 1);
        if (isAtEnd)
        {
            Seen?.Invoke();
            // What was paged in is no longer looked at.
            if (room is { Messages.Count: > 2 * Kept }) room.Trim(Kept);
        }
        else if (now.Value < Near) room?.LookBack();
    }

    private (double Value, double Upper, double Page) Now() => (gtk_adjustment_get_value(place), gtk_adjustment_get_upper(place), gtk_adjustment_get_page_size(place));
}
