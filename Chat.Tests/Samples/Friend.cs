using Chat.Client;
using Chat.Contracts;
using Chat.Hub.Rooms;
using Chat.Tests.Running;

namespace Chat.Tests.Samples;

/// <summary>Somebody at the other end, by the real client.</summary>
internal sealed class Friend : IAsyncDisposable
{
    private readonly HttpClient http;
    private readonly KeptSignIn signIn;

    private Friend(HttpClient http, KeptSignIn signIn, ChatClient chat) => (this.http, this.signIn, Chat) = (http, signIn, chat);

    public ChatClient Chat { get; }

    public ChatRoom General => Chat.FindRoom(FirstRooms.General)!;

    public static async Task<Friend> Enter(Uri server, string name)
    {
        var http = new HttpClient();
        var door = new ChatSignIn(http, server);
        var signIn = new KeptSignIn(door, await door.AsGuestAsync(name));
        var friend = new Friend(http, signIn, new ChatClient(new ChatClientOptions { Server = server, SignIn = signIn, LongestBackoff = TimeSpan.FromSeconds(1) }));
        await friend.Chat.StartAsync().WaitAsync(TimeSpan.FromSeconds(20));
        return friend;
    }

    public Task<Message> Say(string text) => Chat.SendMessageAsync(FirstRooms.General, text).WaitAsync(TimeSpan.FromSeconds(20));

    /// <summary>Waits until a message with this text is in the room.</summary>
    public Task<Message> Sees(string text) => Sees(message => message.Text == text);

    public async Task<Message> Sees(Func<Message, bool> fits, TimeSpan? within = null)
    {
        Message? found = null;
        await Waiting.Until(() => Task.FromResult((found = General.Messages.FirstOrDefault(fits)) is not null), within ?? TimeSpan.FromSeconds(20));
        return found!;
    }

    public async ValueTask DisposeAsync()
    {
        await Chat.DisposeAsync();
        signIn.Dispose();
        http.Dispose();
    }
}
