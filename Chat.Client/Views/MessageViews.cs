using System.Collections.ObjectModel;
using Chat.Contracts;
using Microsoft.Extensions.Logging;

namespace Chat.Client.Views;

/// <summary>The messages of a room and, behind them, what the user wrote and is not among them yet; each one object on its way from the one to the other.</summary>
internal sealed class MessageViews(ILogger log)
{
    private readonly ViewList<MessageView> list = new(log);
    private Dictionary<Key, MessageView> shown = [];
    private (IReadOnlyList<Message>? Messages, int Life) last;
    private IReadOnlyList<Outgoing> lastOutgoing = [];

    public ReadOnlyObservableCollection<MessageView> List => field ??= new(list);

    /// <param name="messages">Of the room, by <see cref="Message.Seq"/>; read after what is outgoing, or one could be in neither.</param>
    /// <param name="outgoing">In the order it was written.</param>
    /// <param name="me">Who is signed in; null for nobody yet.</param>
    /// <param name="life">Another one for a room that was loaded afresh.</param>
    public void Show(IReadOnlyList<Message> messages, IReadOnlyList<Outgoing> outgoing, User? me, int life)
    {
        if (last == (messages, life) && outgoing.SequenceEqual(lastOutgoing)) return;
        var isAfresh = last.Life != life;
        (last, lastOutgoing) = ((messages, life), outgoing);

        var next = new Dictionary<Key, MessageView>(messages.Count + outgoing.Count);
        var wanted = new List<MessageView>(messages.Count + outgoing.Count);
        foreach (var message in messages)
        {
            var isMine = message.AuthorId == me?.Id && message.ClientMessageId is not null;
            if (Take(new(isMine, isMine ? message.ClientMessageId!.Value : message.Id)) is not { } view) continue;
            view.Show(message);
        }
        foreach (var one in outgoing) Take(new(true, one.Id))?.Show(one, me);

        shown = next;
        if (isAfresh) list.Restart(wanted);
        else list.Become(wanted);
        // After the list, so that whoever hears of it finds the message where it belongs.
        foreach (var view in wanted) view.Refresh();

        MessageView? Take(Key key)
        {
            var view = shown.GetValueOrDefault(key) ?? new MessageView(me?.Id, log);
            if (!next.TryAdd(key, view)) return null;
            wanted.Add(view);
            return view;
        }
    }

    /// <summary>One's own go by the id that they had before they were posted.</summary>
    private readonly record struct Key(bool IsMine, Guid Id);
}
