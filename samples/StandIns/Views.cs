using System.Collections.ObjectModel;
using System.ComponentModel;
using System.Runtime.CompilerServices;
using Chat.Contracts;

namespace Chat.Client;

internal static class ViewStandIn
{
    private static readonly ConditionalWeakTable<ChatClient, ChatView> Clients = [];

    extension(ChatClient chat)
    {
        public ChatView View => Clients.GetValue(chat, _ => throw new InvalidOperationException("made with ChatView.Of"));
    }

    public static void Make(ChatClient chat, SynchronizationContext context) => Clients.Add(chat, new ChatView(chat, context));
}

internal abstract class View : INotifyPropertyChanged
{
    private static readonly PropertyChangedEventArgs Everything = new(null);
    public event PropertyChangedEventHandler? PropertyChanged;
    protected void Tell() => PropertyChanged?.Invoke(this, Everything);
}

internal sealed class ChatView : View
{
    private readonly ChatClient chat;
    private readonly SynchronizationContext context;
    private readonly ObservableCollection<RoomView> rooms = [];
    private int isPosted;

    public ChatView(ChatClient chat, SynchronizationContext context)
    {
        (this.chat, this.context) = (chat, context);
        Rooms = new(rooms);
        chat.StatusChanged += (_, _) => Mark();
        chat.OutgoingChanged += (_, _) => Mark();
        chat.RoomRemoved += (_, _) => Mark();
        chat.RoomAdded += (_, room) =>
        {
            room.MessageChanged += (_, message) => Mark();
            room.MessageGrew += (_, _) => Mark();
            room.MemberChanged += (_, _) => Mark();
            room.RoomChanged += (_, _) => Mark();
            room.ReadMarkerMoved += (_, _) => Mark();
            room.Reset += (_, _) => Mark();
            Mark();
        };
        Status = chat.Status;
    }

    public ChatStatus Status { get; private set; }
    public User? User { get; private set; }
    public ReadOnlyObservableCollection<RoomView> Rooms { get; }
    public int Unread => rooms.Sum(room => room.Unread);

    internal void Mark()
    {
        if (Interlocked.Exchange(ref isPosted, 1) == 0) context.Post(_ => Pass(), null);
    }

    private void Pass()
    {
        isPosted = 0;
        (Status, User) = (chat.Status, chat.User);
        var now = chat.Rooms.OrderBy(room => RoomView.TitleOf(room, chat.User), StringComparer.OrdinalIgnoreCase).ToList();
        for (var i = rooms.Count - 1; i >= 0; i--) if (now.All(room => room.Id != rooms[i].Id)) rooms.RemoveAt(i);
        for (var i = 0; i < now.Count; i++)
        {
            var at = rooms.ToList().FindIndex(view => view.Id == now[i].Id);
            if (at < 0) rooms.Insert(i, new RoomView(chat, now[i], this));
            else if (at != i) rooms.Move(at, i);
            rooms[i].Pass();
        }
        Tell();
    }
}

internal sealed class RoomView : View
{
    private readonly ChatClient chat;
    private readonly ChatRoom room;
    private readonly ObservableCollection<MessageView> messages = [];
    private readonly Dictionary<string, DateTime> typing = [];
    private readonly ChatView all;
    private DateTime said;
    private List<Message> older = [];

    public RoomView(ChatClient chat, ChatRoom room, ChatView all)
    {
        (this.chat, this.room, this.all) = (chat, room, all);
        Messages = new(messages);
        room.TypingChanged += (_, notice) =>
        {
            lock (typing) if (notice.IsTyping) typing[notice.Name] = DateTime.UtcNow.AddSeconds(6); else typing.Remove(notice.Name);
            all.Mark();
            _ = Task.Delay(6100).ContinueWith(_ => all.Mark(), TaskScheduler.Default);
        };
        room.PresenceChanged += (_, notice) =>
        {
            OnlineCount = notice.OnlineCount;
            if (notice.User is { } user) lock (Presence) Presence[user.UserId] = user;
            all.Mark();
        };
        room.MessageChanged += (_, message) => { lock (typing) typing.Remove(message.AuthorName); };
        _ = AskAsync();
    }

    public Guid Id => room.Id;
    public Room Room => room.Room;
    public string Title => TitleOf(room, chat.User);
    public ReadOnlyObservableCollection<MessageView> Messages { get; }
    public IReadOnlyList<Member> Members => room.Members;
    public Dictionary<Guid, UserPresence> Presence { get; } = [];
    public int MemberCount => room.MemberCount;
    public int OnlineCount { get; private set; }
    public int Unread => room.Unread;
    public int UnreadMentions => room.UnreadMentions;
    public bool HasOlder { get; private set; }
    public bool IsLoadingOlder { get; private set; }
    public IReadOnlyList<string> Typing { get { lock (typing) return [.. typing.Where(one => one.Value > DateTime.UtcNow).Select(one => one.Key)]; } }

    public static string TitleOf(ChatRoom room, User? me) =>
        room.Room.Name is { Length: > 0 } name ? name : string.Join(", ", room.Members.Where(member => member.UserId != me?.Id).Select(member => member.Name)) is { Length: > 0 } names ? names : "Notes";

    public Outgoing Send(string text) => chat.Send(room.Id, text);

    public void MarkRead()
    {
        if (room.Messages is [.., var last] && last.Seq > room.ReadSeq) _ = chat.MarkReadAsync(room.Id, last.Seq);
    }

    public void SendTyping()
    {
        if (chat.Status.State is not ChatState.Connected || DateTime.UtcNow - said < TimeSpan.FromSeconds(2)) return;
        said = DateTime.UtcNow;
        _ = chat.SendTypingAsync(room.Id);
    }

    public async Task LoadOlderAsync(int limit = 50)
    {
        IsLoadingOlder = true;
        var page = await chat.GetHistoryAsync(new GetHistory { RoomId = room.Id, BeforeSeq = messages.First(one => one.Message is not null).Message!.Seq, Limit = limit });
        older = [.. page.Messages, .. older];
        HasOlder = page.HasOlder;
        IsLoadingOlder = false;
        all.Mark();
    }

    public void Pass()
    {
        var held = room.Messages;
        if (older.Count is 0) HasOlder = room.HasOlder;
        var me = chat.User?.Id;
        var now = older.Concat(held).Select(message => (Key: message.AuthorId == me && message.ClientMessageId is { } id ? id : message.Id, Message: (Message?)message, Outgoing: (Outgoing?)null)).ToList();
        now.AddRange(room.Outgoing.Where(one => one.Request.ThreadSeq is null && now.All(other => other.Key != one.Id)).Select(one => (one.Id, (Message?)null, (Outgoing?)one)));
        var keys = now.Select(one => one.Key).ToHashSet();
        for (var i = messages.Count - 1; i >= 0; i--) if (!keys.Contains(messages[i].Key)) messages.RemoveAt(i);
        for (var i = 0; i < now.Count; i++)
        {
            if (i >= messages.Count || messages[i].Key != now[i].Key)
            {
                var at = messages.ToList().FindIndex(view => view.Key == now[i].Key);
                if (at < 0) { var made = new MessageView(now[i].Key, chat); made.Pass(now[i].Message, now[i].Outgoing); messages.Insert(i, made); }
                else messages.Move(at, i);
            }
            messages[i].Pass(now[i].Message, now[i].Outgoing);
        }
        Tell();
    }

    private async Task AskAsync()
    {
        var page = await chat.ListMembersAsync(new ListMembers { RoomId = room.Id });
        lock (Presence) foreach (var one in page.Presence) Presence[one.UserId] = one;
        OnlineCount = page.OnlineCount;
        all.Mark();
    }
}

internal sealed class MessageView(Guid key, ChatClient chat) : View
{
    internal Guid Key => key;
    public Message? Message { get; private set; }
    public Outgoing? Outgoing { get; private set; }
    public OutgoingState State => Message is not null ? OutgoingState.Sent : Outgoing!.State;
    public string Text => Message?.Text ?? Outgoing!.Text;
    public string AuthorName => Message?.AuthorName ?? chat.User?.Name ?? "";
    public DateTimeOffset At => Message?.CreatedAt ?? Outgoing!.WrittenAt;
    public bool IsMine => Message is null || Message.AuthorId == chat.User?.Id;

    internal void Pass(Message? message, Outgoing? outgoing)
    {
        if (Equals(message, Message) && Equals(outgoing, Outgoing)) return;
        (Message, Outgoing) = (message, outgoing);
        Tell();
    }
}
