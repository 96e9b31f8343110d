using Chat.Bench.Checking;
using Chat.Client;
using Chat.Contracts;

namespace Chat.Bench.Chaos.Clients;

/// <summary>A .NET client that sends all the time, and comes into rooms and leaves them.</summary>
internal sealed class NetClient : IAsyncDisposable
{
    private readonly ChatClient client;
    private readonly Pace pace;
    private readonly Random random;
    private readonly Views views;
    private readonly Journal journal;
    private readonly PresenceHeard heard = new();
    private readonly Errands errands;

    /// <param name="options">How it connects; its name is the client's.</param>
    /// <param name="userId">Who it is.</param>
    /// <param name="isPinned">Whether it has one node only to go to: how long it is away says nothing then.</param>
    /// <param name="pace">When it may begin something.</param>
    /// <param name="random">All chance in it.</param>
    public NetClient(ChatClientOptions options, Guid userId, bool isPinned, Pace pace, Random random)
    {
        (Name, UserId, this.pace, this.random) = (options.ClientName, userId, pace, random);
        client = new ChatClient(options);
        journal = new Journal(Name, !isPinned);
        views = new Views(Name, client, Listen);
        errands = new Errands(client, journal, Name, isStamping: !isPinned);
        client.StatusChanged += (_, status) =>
        {
            journal.Tell(status.State);
            // Whoever is to be connected never needs to be started again.
            if (IsAwake && status.State is ChatState.Stopped or ChatState.SignedOut) journal.Tell("stay connected", WireName.Of(status.State), $"{status.Reason}");
            if (status.State is not (ChatState.Connected or ChatState.CatchingUp)) heard.Forget();
        };
    }

    public string Name { get; }

    public Guid UserId { get; }

    /// <summary>Whether it is to be connected.</summary>
    public bool IsAwake { get; private set; }

    public ClientStatus Status => new(
        Name, client.Status.State is ChatState.Connected, errands.Waiting, client.Rooms.ToDictionary(room => room.Id, room => room.Head));

    public async Task WakeAsync(CancellationToken cancellation)
    {
        IsAwake = true;
        journal.Started();
        await client.StartAsync(cancellation);
    }

    /// <summary>Goes offline; not while something waits.</summary>
    public async Task RestAsync(CancellationToken cancellation)
    {
        IsAwake = false;
        await client.StopAsync(cancellation);
    }

    public Task<ChatRoom> EnterAsync(Guid roomId, CancellationToken cancellation) => client.JoinRoomAsync(roomId, cancellation);

    public Task<ChatRoom> FoundAsync(string name, CancellationToken cancellation) => client.CreateRoomAsync(name, ct: cancellation);

    /// <summary>Sends and wanders until the end.</summary>
    /// <param name="wanderings">The rooms it comes into and leaves again.</param>
    /// <param name="stopping">Ends it.</param>
    public async Task LiveAsync(IReadOnlyList<Guid> wanderings, CancellationToken stopping)
    {
        try
        {
            while (true)
            {
                await pace.TurnAsync(random, stopping);
                if (!IsAwake || client.Rooms is not { Count: > 0 } rooms) continue;
                if (random.Next(30) is 0) errands.Wander(wanderings[random.Next(wanderings.Count)]);
                else errands.Send(rooms[random.Next(rooms.Count)].Id, pace.Padding);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The run ends.
        }
    }

    /// <summary>Sends one message, and answers it when it is stored.</summary>
    public Task<Message> SayAsync(Guid roomId, string text, CancellationToken cancellation) => client.SendMessageAsync(roomId, text, ct: cancellation);

    public bool Shows(Message message) => client.FindRoom(message.RoomId)?.Messages.Any(shown => shown.Id == message.Id) is true;

    public ClientNews TakeNews() => journal.Take();

    public void Trim() => views.Trim();

    /// <exception cref="ChatException">The members cannot be listed.</exception>
    public async Task<ClientReport> ReportAsync(CancellationToken cancellation)
    {
        var rooms = new List<RoomReport>();
        foreach (var room in client.Rooms) rooms.Add(await ReportAsync(room, cancellation));
        return new ClientReport { Name = Name, UserId = UserId, Rooms = rooms, Shown = views.Shown };
    }

    public async ValueTask DisposeAsync() => await client.DisposeAsync();

    private async Task<RoomReport> ReportAsync(ChatRoom room, CancellationToken cancellation)
    {
        var page = await client.ListMembersAsync(new ListMembers { RoomId = room.Id, Limit = 200 }, cancellation);
        var listed = new PresenceSeen("listed", page.Presence.ToDictionary(user => user.UserId, user => user.Status), IsAll: true, page.OnlineCount);
        return new RoomReport
        {
            RoomId = room.Id,
            Head = room.Head,
            RoomName = room.Room.Name,
            Topic = room.Room.Topic,
            RoomVersion = room.Room.Version,
            Messages = [.. room.Messages.Select(StoredMessage.Of)],
            Members = [.. room.Members.Select(StoredMember.Of)],
            MemberCount = room.MemberCount,
            Presence = [listed, heard.In(room.Id)],
        };
    }

    private void Listen(ChatRoom room)
    {
        heard.Listen(room);
        room.MessageChanged += (_, message) => journal.Shown(message.Text);
    }
}
