using System.Text.Json;
using Chat.Tests.Running;

namespace Chat.Tests.Samples;

/// <summary>samples/Desktop: a real window on a screen of its own, and a keyboard.</summary>
public sealed class DesktopTests
{
    [Fact]
    public async Task What_is_typed_into_the_window_arrives_and_what_others_write_appears_in_it()
    {
        using var folder = new TemporaryFolder();
        await using var server = await ChatServer.Start();
        await using var ben = await Friend.Enter(server.Address, "Ben");
        for (var i = 0; i < 80; i++) await ben.Say($"earlier {i}");
        await using var display = await Display.Open(1280, 800);
        await using var window = Window(server.Address, display);
        await window.Shows(Showing("general", "Online", "earlier 79"));

        await display.Click(700, 770);
        await display.Type("Hello from the window");
        await Waiting.Until(() => Task.FromResult(ben.General.Typing.Contains("Ann")));
        await display.Press("Return");
        (await ben.Sees("Hello from the window")).AuthorName.Should().Be("Ann");
        await window.Shows(Showing("Hello from the window", "Message general"));

        await ben.Chat.SendTypingAsync(ben.General.Id);
        await window.Shows(Showing("Ben is typing…"));
        await ben.Say("Hello to the window");
        await window.Shows(labels => Showing("Hello to the window")(labels) && !Showing("Ben is typing…")(labels));
        (await display.Colours(folder.File("window.png"))).Should().BeGreaterThan(100, "it is drawn, with letters");

        // A new room, with a badge.
        var direct = await ben.Chat.OpenDirectAsync([ben.General.Members.Single(member => member.Name == "Ann").UserId]);
        await ben.Chat.SendMessageAsync(direct.Id, "psst");
        await window.Shows(Showing("Ben", "Ben: psst", "1"));
    }

    [Fact]
    public async Task Without_a_server_the_window_says_so_and_keeps_what_is_written()
    {
        using var folder = new TemporaryFolder();
        await using var server = new Chat.Bench.Checking.ServerProcess(folder.Path);
        await server.StartAsync(CancellationToken.None);
        await using var ben = await Friend.Enter(server.Address, "Ben");
        // The size of a phone.
        await using var display = await Display.Open(480, 800);
        await using var window = Window(server.Address, display);
        await window.Shows(Showing("general", "Message general"));
        await display.Resize("Chat", 480, 800);
        await server.KillAsync();
        await window.Shows(labels => labels.Contains("No connection. Trying again", StringComparison.Ordinal));
        await display.Click(200, 770);
        await display.Type("written without a server");
        await display.Press("Return");
        await window.Shows(Showing("written without a server", "Sending…"));
        await server.StartAsync(CancellationToken.None);
        await ben.Sees("written without a server");
        await window.Shows(labels => Showing("written without a server")(labels) && !Showing("Sending…")(labels));
        ben.General.Messages.Count(message => message.Text == "written without a server").Should().Be(1);
    }

    private static SampleProgram Window(Uri server, Display display) => SampleProgram.Start(
        "Desktop", ["--server", server.AbsoluteUri, "--name", "Ann"],
        ("DISPLAY", display.Name), ("CHAT_SHOWN", "1"), ("GSK_RENDERER", "cairo"), ("GTK_A11Y", "none"), ("GSETTINGS_BACKEND", "memory"));

    private static Func<string, bool> Showing(params string[] texts) => line =>
        line.StartsWith('[') && JsonSerializer.Deserialize<List<string>>(line)!.ToHashSet().IsSupersetOf(texts);
}
