using System.ComponentModel;
using Chat.Client;
using Chat.Samples.Desktop.Gtk;
using static Chat.Samples.Desktop.Gtk.Native;

namespace Chat.Samples.Desktop;

/// <summary>A message: own ones at the right, those of others at the left with who they are.</summary>
internal sealed class MessageRow : IRow
{
    private const int Start = 1;
    private const int End = 2;
    private static readonly TimeSpan Together = TimeSpan.FromMinutes(5);

    private readonly Looks looks = new("message.ui");
    private readonly Conversation conversation;

    public MessageRow(MessageView message, Conversation conversation)
    {
        (Message, this.conversation) = (message, conversation);
        looks["retry"].On("clicked", () => conversation.Retry(Message));
        looks["edit"].On("clicked", () => conversation.Edit(Message));
        looks["drop"].On("clicked", () => conversation.Drop(Message));
        message.PropertyChanged += Draw;
        Draw(null, new(null));
    }

    public MessageView Message { get; }

    public nint Widget => looks["row"];

    /// <summary>What stands before it decides whether it begins a day, and whether it names its author.</summary>
    public void PlaceBehind(MessageRow? before)
    {
        var isNewDay = before?.Message.At.ToLocalTime().Date != Message.At.ToLocalTime().Date;
        var isFirst = isNewDay || before!.Message.IsSystem || before.Message.AuthorId != Message.AuthorId || Message.At - before.Message.At > Together;
        looks["day"].LabelOrNothing(isNewDay ? Words.Day(Message.At, DateTimeOffset.UtcNow) : "");
        looks["author"].LabelOrNothing(!isFirst ? "" : Message.IsMine ? Words.Time(Message.At) : $"{Message.AuthorName}  {Words.Time(Message.At)}");
        looks["author"].Style("quiet", Message.IsMine);
        gtk_label_set_xalign(looks["author"], Message.IsMine ? 1 : 0);
        looks["avatar"].Show(!Message.IsMine);
        looks["avatar"].Style("away-from-sight", !isFirst);
        Widget.Style("first", isFirst && !isNewDay && !Message.IsSystem);
    }

    public void Dispose()
    {
        Message.PropertyChanged -= Draw;
        looks.Dispose();
    }

    private void Draw(object? sender, PropertyChangedEventArgs change)
    {
        looks["line"].Show(!Message.IsSystem);
        looks["system"].LabelOrNothing(Message.IsSystem ? Message.Text : "");
        gtk_widget_set_halign(looks["line"], Message.IsMine ? End : Start);
        gtk_widget_set_halign(looks["bubble"], Message.IsMine ? End : Start);
        adw_avatar_set_text(looks["avatar"], Message.AuthorName);
        looks["text"].Label(Words.Text(Message));
        looks["quote"].LabelOrNothing(conversation.Quoted(Message) is { } asked ? $"{asked.AuthorName}: {Words.Text(asked).ReplaceLineEndings(" ")}" : "");

        var hasFailed = Message.State is OutgoingState.Failed;
        looks["bubble"].Style("mine", Message.IsMine && !hasFailed);
        looks["bubble"].Style("waiting", Message.State is OutgoingState.Sending);
        looks["bubble"].Style("failed", hasFailed);
        looks["bubble"].Style("deleted", Message.IsDeleted);
        looks["meta"].LabelOrNothing(Words.Meta(Message));
        looks["meta"].Style("failed", hasFailed);
        gtk_label_set_xalign(looks["meta"], Message.IsMine ? 1 : 0);
        looks["failed"].Show(hasFailed);
    }
}
