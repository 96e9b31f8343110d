using Chat.Client;
using Chat.Contracts;
using Chat.Tests.Running;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Chat.Tests.Client;

/// <summary>The examples of docs/dotnet-client.md: what stands there is what compiles here.</summary>
public sealed class DocsExamples
{
    [Fact]
    public void What_the_page_shows_compiles()
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "dotnet-client.md"));
        var here = Lines(File.ReadAllText(Path.Combine(Repository.Root, "Chat.Tests", "Client", "DocsExamples.cs")));
        var blocks = page.Split("```csharp").Skip(1).Select(block => block.Split("```")[0]).ToList();
        blocks.Should().HaveCountGreaterThan(8);
        foreach (var block in blocks) here.Should().Contain(Lines(block));
    }

    private static string Lines(string text) =>
        string.Join('\n', text.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0));

#pragma warning disable CA1812, IDE0051, IDE0052 // Only compiled.
    private sealed class Program(Uri server, HttpClient http, CancellationToken ct)
    {
        public static async Task Send(ChatClient client, Guid roomId)
        {
            var sent = client.Send(roomId, "Kept, whatever happens");            // returns at once, connected or not
            var stored = await client.SendMessageAsync(roomId, "On disk there"); // answers the stored message
            Console.WriteLine($"{sent.State}, {stored.Seq}");

            client.OutgoingChanged += (_, message) =>
            {
                if (message.State is not OutgoingState.Failed) return;
                Console.WriteLine($"{message.Text}: {message.Error!.Message}");
                client.DropOutgoing(message.Id); // or RetryOutgoing; or EditOutgoing: another text, under a new id
            };
        }

        public async Task Run()
        {
            var signIn = new ChatSignIn(http, server);
            using var kept = new KeptSignIn(signIn, await signIn.AsGuestAsync("Ann"));
            await using var client = new ChatClient(new ChatClientOptions { Server = server, SignIn = kept });

            await client.StartAsync();                                   // when all rooms are current
            await foreach (var status in client.WatchStatusAsync(ct))    // the state now, then each that follows; or the event StatusChanged
                Show(status.State, status.NextTryAt);
        }

        private static void Show(ChatState state, DateTimeOffset? nextTryAt) => Console.WriteLine($"{state} {nextTryAt}");
    }

    private sealed class Window
    {
        public object? DataContext { get; set; }

        public async Task Open(Uri address, KeptSignIn signIn)
        {
            var client = new ChatClient(new ChatClientOptions
            {
                Server = address,
                SignIn = signIn,
                EventContext = SynchronizationContext.Current, // the window's thread: make the client there
            });
            DataContext = client.View; // Rooms, Unread, Status …
            await client.StartAsync();
        }
    }

    private sealed class RoomModel(RoomView room)
    {
        public Task Opened() => room.LoadPeopleAsync(); // who is here: Members[i].Status, OnlineCount

        public Task<bool> ScrolledToTop() => room.HasOlder ? room.LoadOlderAsync() : Task.FromResult(false);

        public void ScrolledToEnd()
        {
            room.Trim(most: 100);
            room.MarkRead();
        }

        public void TextChanged() => room.SendTyping(); // as often as you like

        public void EnterPressed(string text) => room.Send(text); // shown at once, sent when there is a connection
    }

    private sealed class RoomComponent : ComponentBase, IDisposable
    {
        [Parameter]
        public required RoomView Room { get; set; }

        protected override void OnInitialized() => Room.PropertyChanged += Redraw;

        private void Redraw(object? sender, System.ComponentModel.PropertyChangedEventArgs change) => InvokeAsync(StateHasChanged);

        public void Dispose() => Room.PropertyChanged -= Redraw;
    }

    private sealed class Echo(ChatClient client) : BackgroundService
    {
        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            var messages = client.MessagesAsync(gap => Console.WriteLine($"missed {gap}"), stoppingToken);
            await client.WaitUntilConnectedAsync(stoppingToken);
            await foreach (var message in messages)
            {
                if (message.AuthorId == client.User?.Id || message.Kind is not MessageKind.Text) continue;
                client.Send(message.RoomId, $"You said: {message.Text}", replyToSeq: message.Seq);
            }
        }
    }

    private static void Hosting(HostApplicationBuilder builder, Uri address, string token)
    {
        builder.Services.AddChatClient(_ => new ChatClientOptions
        {
            Server = address,
            AccessToken = _ => Task.FromResult<string?>(token),
            OutboxFile = "outbox",
        });
        builder.Services.AddHostedService<Echo>();
    }

    private static async Task Read(ChatRoom room, CancellationToken ct)
    {
        await foreach (var change in room.ChangesAsync(ct))
        {
            switch (change)
            {
                case MessageChange { Message: var message }: Console.WriteLine($"{message.AuthorName}: {message.Text}"); break;
                case MemberChange { Member: var member }: Console.WriteLine($"{member.Name}: {member.State}"); break;
                case RoomReset: Console.WriteLine($"{room.Messages.Count} messages, read anew"); break;
            }
        }
    }
}
