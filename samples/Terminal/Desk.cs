using Chat.Client;

namespace Chat.Samples.Terminal;

/// <summary>What lies before the user: the rooms, the one that is open, and what the program has to say.</summary>
internal sealed class Desk
{
    private const int Kept = 500;
    private static readonly TimeSpan TypingInterval = TimeSpan.FromSeconds(2);

    private Guid? open;
    private Guid? peopled;
    private long marked;
    private DateTimeOffset typed;

    public Desk(ChatClient chat)
    {
        Chat = chat;
        chat.StatusChanged += (_, _) => Changed?.Invoke();
        chat.OutgoingChanged += (_, _) => Changed?.Invoke();
        chat.RoomRemoved += (_, room) => Say($"You are no longer in {Words.Title(room, chat.User)}: {room.Removal?.Kind}. {room.Removal?.Reason}");
        chat.NoticeGiven += (_, notice) => Say(notice.Text);
        chat.RoomAdded += (_, room) => Listen(room);
    }

    /// <summary>Something is to be drawn anew; raised on any thread.</summary>
    public event Action? Changed;

    public ChatClient Chat { get; }

    public IReadOnlyList<ChatRoom> Rooms => [.. Chat.Rooms.OrderBy(Title, StringComparer.OrdinalIgnoreCase)];

    /// <summary>The open room; null while there is none.</summary>
    public ChatRoom? Room => (open is { } id ? Chat.FindRoom(id) : null) ?? Rooms.FirstOrDefault(room => Title(room) is "general") ?? (Rooms is [var first, ..] ? first : null);

    /// <summary>What the program says below the messages.</summary>
    public IReadOnlyList<string> Notes { get; private set; } = [];

    public bool IsLeaving { get; private set; }

    public string Title(ChatRoom room) => Words.Title(room, Chat.User);

    public void Open(ChatRoom room) => (open, marked, Notes) = (room.Id, 0, []);

    public void Say(string note)
    {
        Notes = [.. note.Split('\n').Select(Words.Clean)];
        Changed?.Invoke();
    }

    public void Leave() => IsLeaving = true;

    /// <summary>The open room is before the user's eyes, to its end.</summary>
    public void See()
    {
        // What was paged in is no longer looked at.
        if (Room is { Messages.Count: > 2 * Kept } full) full.Trim(Kept);
        if (Room is { } shown && shown.Id != peopled)
        {
            peopled = shown.Id;
            _ = TryAsync(shown.LoadPeopleAsync());
        }
        if (Room is not { Messages: [.., var last] } room || last.Seq <= Math.Max(room.ReadSeq, marked)) return;
        marked = last.Seq;
        _ = TryAsync(Chat.MarkReadAsync(room.Id, last.Seq));
    }

    /// <summary>The user has come to the first message that is here.</summary>
    public void LookBack()
    {
        if (Room is { HasOlder: true, IsLoadingOlder: false } room) _ = TryAsync(room.LoadOlderAsync());
    }

    /// <summary>The user wrote a character; the others are told every now and then.</summary>
    public void Type()
    {
        if (Room is not { } room || Chat.Status.State is not ChatState.Connected || DateTimeOffset.UtcNow - typed < TypingInterval) return;
        typed = DateTimeOffset.UtcNow;
        _ = TryAsync(Chat.SendTypingAsync(room.Id));
    }

    /// <summary>A line that the user has finished.</summary>
    public Task EnterAsync(string line) => line.StartsWith('/') ? TryAsync(Commands.RunAsync(this, line)) : TryAsync(SendAsync(line));

    private async Task SendAsync(string text)
    {
        if (Room is { } room) Chat.Send(room.Id, text);
        else Say("You are in no room: /rooms lists them, /join NAME opens one.");
        await Task.CompletedTask;
    }

    private async Task TryAsync(Task work)
    {
        try
        {
            await work;
        }
        catch (ChatException e)
        {
            Say(e.Message);
        }
        catch (OperationCanceledException)
        {
            // The program ends.
        }
    }

    private void Listen(ChatRoom room)
    {
        room.MessageChanged += (_, _) => Changed?.Invoke();
        room.MessageGrew += (_, _) => Changed?.Invoke();
        room.MemberChanged += (_, _) => Changed?.Invoke();
        room.RoomChanged += (_, _) => Changed?.Invoke();
        room.ReadMarkerMoved += (_, _) => Changed?.Invoke();
        room.TypingChanged += (_, _) => Changed?.Invoke();
        room.PresenceChanged += (_, _) => Changed?.Invoke();
        room.Reset += (_, _) => Changed?.Invoke();
        Changed?.Invoke();
    }
}
