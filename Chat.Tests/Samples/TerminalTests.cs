using Chat.Bench.Checking;
using Chat.Tests.Running;

namespace Chat.Tests.Samples;

/// <summary>samples/Terminal, in a real terminal.</summary>
public sealed class TerminalTests
{
    [Fact]
    public async Task What_is_written_while_the_server_is_away_is_shown_as_waiting_and_goes_out_once_when_it_is_back()
    {
        using var folder = new TemporaryFolder();
        await using var server = new ServerProcess(folder.Path);
        await server.StartAsync(CancellationToken.None);
        await using var ben = await Friend.Enter(server.Address, "Ben");
        await using var window = await TerminalWindow.Open(80, 24, "dotnet", SampleProgram.File("Terminal"), "--server", server.Address.AbsoluteUri, "--name", "Ann", "--outbox", folder.File("ann.outbox"));
        await window.Shows("● connected");

        await window.Enter("hello Ben");
        (await ben.Sees("hello Ben")).AuthorName.Should().Be("Ann");
        await window.ShowsLine("hello Ben");
        await ben.Chat.SendTypingAsync(ben.General.Id);
        await window.Shows("Ben is typing…");
        await window.Type("half a line");
        await ben.Say("hello Ann");
        var screen = await window.Shows(screen => screen.Contains("hello Ann", StringComparison.Ordinal) && !screen.Contains("typing", StringComparison.Ordinal));
        screen.Should().Contain("> half a line", "what is being written survives what comes in");
        screen.Should().Contain("general");

        await server.KillAsync();
        await window.Shows(screen => screen.Contains("○ reconnecting", StringComparison.Ordinal));
        await window.Enter(", and the rest");
        await window.Shows("half a line, and the rest … sending");
        await server.StartAsync(CancellationToken.None);
        await ben.Sees("half a line, and the rest");
        await window.Shows(screen => screen.Contains("● connected", StringComparison.Ordinal) && !screen.Contains("sending", StringComparison.Ordinal));
        await window.Enter("after all that");
        await ben.Sees("after all that");
        ben.General.Messages.Count(message => message.Text == "half a line, and the rest").Should().Be(1);

        await window.Resize(40, 15);
        screen = await window.Shows(screen => screen.Split('\n').Length <= 16 && screen.Contains("after all that", StringComparison.Ordinal));
        screen.Split('\n').Should().OnlyContain(line => line.Length <= 40).And.ContainSingle(line => line.StartsWith('>'));
    }

    [Fact]
    public async Task Its_commands_come_into_a_room_tell_who_is_there_edit_and_leave()
    {
        await using var server = await ChatServer.Start();
        await using var ben = await Friend.Enter(server.Address, "Ben");
        var tea = await ben.Chat.CreateRoomAsync("tea", topic: "With milk?");
        await using var window = await TerminalWindow.Open(80, 24, "dotnet", SampleProgram.File("Terminal"), "--server", server.Address.AbsoluteUri, "--name", "Ann");
        await window.Shows("● connected");
        await window.Enter("/rooms");
        await window.Shows("tea (1) With milk?");
        await window.Enter("/join tea");
        await window.Shows("tea · With milk?");
        await window.Enter("milk frist");
        await window.ShowsLine("milk frist");
        await window.Enter("/edit milk first");
        await window.Shows("milk first (edited)");
        await Waiting.Until(() => Task.FromResult(tea.Messages.Any(message => message.Text == "milk first")));
        await window.Enter("/who");
        await window.Shows("● Ben");

        // Unread elsewhere.
        await ben.Say("@Ann are you there?");
        await window.Shows(screen => screen.Contains("general @1", StringComparison.Ordinal) && screen.Contains("1 unread elsewhere", StringComparison.Ordinal));
        await window.Press("Tab");
        await window.Shows(screen => screen.Contains("@Ann are you there?", StringComparison.Ordinal) && !screen.Contains("unread", StringComparison.Ordinal));

        // Refused, kept, and corrected.
        await ben.Chat.UpdateRoomAsync(new() { RoomId = tea.Id, IsArchived = true });
        await window.Enter("/join tea");
        await window.Enter("too late");
        await window.Shows("too late ✗ not sent");
        await ben.Chat.UpdateRoomAsync(new() { RoomId = tea.Id, IsArchived = false });
        await window.Enter("/edit in time");
        await Waiting.Until(() => Task.FromResult(tea.Messages.Any(message => message.Text == "in time")));
        await window.Enter("/leave");
        await window.Shows("You are no longer in tea: Left.");
    }

    [Fact]
    public async Task In_a_pipe_lines_go_in_and_lines_come_out_and_it_ends_when_all_is_sent()
    {
        await using var server = await ChatServer.Start();
        await using var ben = await Friend.Enter(server.Address, "Ben");
        await using var pipe = SampleProgram.Start("Terminal", ["--server", server.Address.AbsoluteUri, "--name", "Ann"]);
        await pipe.Say("from a pipe");
        await ben.Sees("from a pipe");
        await ben.Say("into a pipe");
        await pipe.Shows(line => line.EndsWith("Ben: into a pipe", StringComparison.Ordinal));
        for (var i = 1; i <= 50; i++) await pipe.Say($"word {i}");
        (await pipe.End()).Should().Be(0);
        await ben.Sees("word 50");
    }
}
