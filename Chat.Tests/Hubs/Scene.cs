using Chat.Contracts;
using Chat.Tests.Running;

namespace Chat.Tests.Hubs;

/// <summary>A server with some people in a room of Ann's, and the words the tests need.</summary>
internal sealed class Scene : IAsyncDisposable
{
    private readonly List<Guest> people = [];

    private Scene(ChatServer server) => Server = server;

    public ChatServer Server { get; }

    public Guid RoomId { get; private set; }

    public Guest this[int person] => people[person];

    /// <param name="names">The first makes the room, the others join it.</param>
    /// <param name="room">How it is made.</param>
    /// <param name="settings">Of the server.</param>
    public static async Task<Scene> With(string[] names, Func<CreateRoom, CreateRoom>? room = null, params (string, string)[] settings)
    {
        var scene = new Scene(await ChatServer.Start(settings));
        foreach (var name in names) await scene.Enter(name);
        scene.RoomId = Guid.NewGuid();
        var request = new CreateRoom { RoomId = scene.RoomId, Name = "tea" };
        Result(await scene[0].Hub.CreateRoom(room?.Invoke(request) ?? request));
        foreach (var guest in scene.people.Skip(1)) Result(await guest.Hub.JoinRoom(new JoinRoom { RoomId = scene.RoomId, Password = request.Password }));
        return scene;
    }

    public async Task<Guest> Enter(string name)
    {
        var guest = await Server.Enter(name);
        people.Add(guest);
        return guest;
    }

    public Task<Message> Say(int person, string text) => people[person].Send(RoomId, text);

    public static T Result<T>(Reply<T> reply) where T : class => reply.Result ?? throw new InvalidOperationException($"{reply.Error}");

    public static ErrorCode? Code<T>(Reply<T> reply) where T : class => reply.Error?.Code;

    public async ValueTask DisposeAsync()
    {
        foreach (var guest in people) await guest.DisposeAsync();
        await Server.DisposeAsync();
    }
}
