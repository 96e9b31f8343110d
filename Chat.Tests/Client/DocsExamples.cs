using Chat.Client;
using Chat.Contracts;
using Chat.Tests.Running;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Chat.Tests.Client;

/// <summary>The examples of docs/dotnet-client.md on state to bind to: what stands there is what compiles here.</summary>
public sealed class DocsExamples
{
    [Fact]
    public void What_the_page_shows_compiles()
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "dotnet-client.md"));
        var section = page[page.IndexOf("## State to bind to", StringComparison.Ordinal)..];
        var here = Lines(File.ReadAllText(Path.Combine(Repository.Root, "Chat.Tests", "Client", "DocsExamples.cs")));
        var blocks = section.Split("```csharp").Skip(1).Select(block => block.Split("```")[0]).ToList();
        blocks.Should().HaveCountGreaterThan(3);
        foreach (var block in blocks) here.Should().Contain(Lines(block));
    }

    private static string Lines(string text) =>
        string.Join('\n', text.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0));

#pragma warning disable CA1812, IDE0051, IDE0052 // Only compiled.
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
