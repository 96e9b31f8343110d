using Chat.Client;
using Chat.Contracts;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Chat.Samples.Terminal;

/// <summary>The picture of a desk: all lines of the screen but the last, which is for writing.</summary>
internal static class Frame
{
    private const int RoomsFrom = 64;
    private static readonly TimeSpan Together = TimeSpan.FromMinutes(5);
    private static readonly Style Dim = new(Color.Grey);
    private static readonly Style Bar = new(Color.Grey93, Color.Grey19);
    private static readonly Color[] Colors = [Color.SkyBlue1, Color.LightSalmon1, Color.PaleGreen1, Color.Plum1, Color.Khaki1, Color.Aquamarine1];

    /// <param name="desk">What is shown.</param>
    /// <param name="width">Of the screen, in cells.</param>
    /// <param name="scroll">How far the reader has scrolled up.</param>
    /// <param name="now">The time.</param>
    public static Layout Of(Desk desk, int width, Scroll scroll, DateTimeOffset now)
    {
        var body = new Layout(desk.Room is { } room ? new Padder(new Lines(Conversation(desk, room), scroll), new(1, 0)) : Empty(desk));
        return new Layout().SplitRows(
            new Layout(Head(desk, width)) { Size = 1 },
            width < RoomsFrom ? body : new Layout().SplitColumns(new Layout(new Padder(new Lines(Rooms(desk)), new(1, 0))) { Size = 22 }, body),
            new Layout(Foot(desk, width, now)) { Size = 1 });
    }

    private static Paragraph Head(Desk desk, int width)
    {
        if (desk.Room is not { } room) return Spread("Chat", "", width);
        var elsewhere = desk.Rooms.Where(other => other != room).Sum(other => other.Unread);
        var news = elsewhere > 0 ? $"{elsewhere} unread elsewhere" : Words.People(room);
        return Spread(room.Room.Topic is { Length: > 0 } topic ? $"{desk.Title(room)} · {topic}" : desk.Title(room), news, width);
    }

    private static Paragraph Foot(Desk desk, int width, DateTimeOffset now)
    {
        var status = desk.Chat.Status;
        var words = $"{(status.State is ChatState.Connected ? "●" : "○")} {Words.Of(status, now)}";
        return Spread(desk.Room is { } room ? Words.Typing(room.Typing) : "", words, width, status.State is ChatState.Connected ? Color.PaleGreen1 : Color.Orange1);
    }

    /// <summary>A bar with something at both ends; where both don't fit the left one is cut.</summary>
    private static Paragraph Spread(string left, string right, int width, Color? color = null)
    {
        var room = Math.Max(0, width - right.GetCellWidth() - 3);
        var shown = Words.Clean(left).ReplaceLineEndings(" ");
        while (shown.GetCellWidth() > room) shown = shown.Length > 2 ? shown[..^2] + "…" : "";
        return new Paragraph($" {shown}{new string(' ', room - shown.GetCellWidth())} ", Bar).Append(right, color is { } c ? new Style(c, Bar.Background) : Bar).Append(" ", Bar);
    }

    private static List<IRenderable> Rooms(Desk desk) =>
    [
        .. desk.Rooms.Select(room =>
        {
            var isOpen = room == desk.Room;
            var unread = isOpen || room.Unread is 0 ? "" : $" {(room.UnreadMentions > 0 ? "@" : "")}{room.Unread}";
            return new Paragraph { Overflow = Overflow.Ellipsis }
                .Append(isOpen ? "▌" : " ", new Style(Color.SkyBlue1))
                .Append(Words.Clean(desk.Title(room)), isOpen ? new Style(decoration: Decoration.Bold) : unread.Length > 0 ? Style.Plain : Dim)
                .Append(unread, new Style(room.UnreadMentions > 0 ? Color.Orange1 : Color.SkyBlue1, decoration: Decoration.Bold));
        }),
    ];

    private static Padder Empty(Desk desk) => new(
        new Text(desk.Chat.Status.State is ChatState.Connected ? "You are in no room. /rooms lists them, /join NAME opens one." : "Your rooms will be here when the server is reached.", Dim), new(1, 1));

    private static List<IRenderable> Conversation(Desk desk, ChatRoom room)
    {
        var items = new List<IRenderable>();
        Message? last = null;
        foreach (var message in room.Messages)
        {
            var isNewDay = last?.CreatedAt.ToLocalTime().Date != message.CreatedAt.ToLocalTime().Date;
            if (isNewDay) items.Add(new Text($"\n── {Words.Day(message.CreatedAt)} ──", Dim));
            if (message.Kind is MessageKind.System) items.Add(new Text("· " + Words.Text(message), Dim));
            else
            {
                if (isNewDay || message.AuthorId != last?.AuthorId || last?.Kind is MessageKind.System || message.CreatedAt - last!.CreatedAt > Together)
                    items.Add(Author(message.AuthorName, message.AuthorId, message.CreatedAt));
                items.Add(Said(room, message));
            }
            last = message;
        }
        var me = desk.Chat.User;
        foreach (var one in room.Outgoing.Where(one => one.Request.ThreadSeq is null))
        {
            if (last is not { Kind: not MessageKind.System } || last.AuthorId != me?.Id) items.Add(Author(me?.Name ?? "You", me?.Id, one.WrittenAt));
            items.Add(Waiting(one));
            last = new Message { Id = one.Id, RoomId = room.Id, Kind = MessageKind.Text, AuthorId = me?.Id, Text = one.Text, CreatedAt = one.WrittenAt };
        }
        items.AddRange(desk.Notes.Select(note => new Text(note, new Style(Color.Khaki1))));
        return items;
    }

    private static Paragraph Author(string name, Guid? id, DateTimeOffset at) =>
        new Paragraph("\n").Append(Words.Clean(name), new Style(Colors[(id ?? default).ToByteArray()[^1] % Colors.Length], decoration: Decoration.Bold)).Append($"  {Words.Time(at)}", Dim);

    private static Paragraph Said(ChatRoom room, Message message)
    {
        var paragraph = new Paragraph();
        if (message.ReplyToSeq is { } seq && room.Messages.FirstOrDefault(one => one.Seq == seq) is { } asked)
        {
            var quote = Words.Text(asked).ReplaceLineEndings(" ");
            paragraph.Append($"↳ {asked.AuthorName}: {(quote.Length > 40 ? quote[..40] + "…" : quote)}\n", Dim);
        }
        paragraph.Append(Words.Text(message), message.DeletedAt is null ? Style.Plain : new Style(Color.Grey, decoration: Decoration.Italic));
        if (message.Stream is StreamState.Open) paragraph.Append(" ▍", new Style(Color.SkyBlue1));
        if (message.Stream is StreamState.CutOff) paragraph.Append(" (cut off)", Dim);
        if (message is { EditedAt: not null, DeletedAt: null }) paragraph.Append(" (edited)", Dim);
        if (message.ReplyCount > 0) paragraph.Append($" ({message.ReplyCount} in its thread)", Dim);
        foreach (var reaction in message.Reactions) paragraph.Append($" {reaction.Emoji}{reaction.UserIds.Count}", Dim);
        return paragraph;
    }

    private static Paragraph Waiting(Outgoing one) => one.State is OutgoingState.Failed
        ? new Paragraph(Words.Clean(one.Text)).Append($" ✗ not sent: {one.Error?.Message} /retry /edit /drop", new Style(Color.IndianRed1))
        : new Paragraph(Words.Clean(one.Text)).Append(one.State is OutgoingState.Sent ? " ✓" : " … sending", Dim);
}
